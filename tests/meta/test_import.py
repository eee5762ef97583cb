"""What `import gcalc` and its light parts load."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("cupy", "hypothesis", "matplotlib", "rich", "scipy", "sympy", "torch")


def loaded(statement: str) -> set[str]:
    """The top-level modules that a new interpreter has loaded after the statement."""
    code = f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        ).stdout.split()
    )


@pytest.mark.parametrize("statement", ["import gcalc", "import gcalc; gcalc.group('p4m'); gcalc.reference"])
def test_an_import_stays_light(statement):
    names = loaded(statement)
    assert "gcalc" in names
    assert names.isdisjoint(HEAVY)


def test_a_heavy_import_would_be_seen():
    assert "sympy" in loaded("import gcalc, sympy")
