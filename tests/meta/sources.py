"""The product's source files by module name, and the imports that a file makes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Import(NamedTuple):
    """One imported module, and the line that imports it."""

    module: str
    line: int


def module_name(path: Path) -> str:
    """The name under which a file of gcalc/ or proofs/ is imported: proofs/eq1.py is gcalc.proofs.eq1."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    if parts[0] == "proofs":
        parts.insert(0, "gcalc")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of the product: its name and its file."""
    files = [path for folder in ("gcalc", "proofs") for path in sorted((ROOT / folder).rglob("*.py"))]
    return {module_name(path): path for path in files}


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(syntax: ast.Module, name: str, *, is_package: bool) -> Iterator[Import]:
    """Every import of a module: at its top, in functions, under TYPE_CHECKING, relative, by import_module.

    `from a.b import c` counts as a.b.c, of which a.b is a prefix, since c may be a module.
    """
    package = name if is_package else name.rpartition(".")[0]
    for node in ast.walk(syntax):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute(node.module, node.level, package)
            yield from (Import(f"{base}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
            yield from (Import(text, node.lineno) for text in constants(node.args[:1]))


def absolute(module: str | None, level: int, package: str) -> str:
    """The absolute name of `from <level dots><module> import …` inside a package."""
    if level == 0:
        return module or ""
    base = package.split(".")[: len(package.split(".")) - level + 1]
    return ".".join([*base, module] if module else base)


def called(node: ast.Call) -> str:
    """The last name of what is called: f for f(…) and for a.b.f(…)."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def constants(nodes: list[ast.expr]) -> Iterator[str]:
    """The strings among the nodes; of an f-string its constant beginning, without the last dot."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield str(node.values[0].value).rstrip(".")


def repository_files() -> list[Path]:
    """The files of the checkout, without what tools leave in it."""
    skipped = {"__pycache__", "build", "dist"}
    return [path for path in _walk(ROOT) if not skipped & set(path.relative_to(ROOT).parts)]


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            left = path.name.startswith(".") and path.name != ".ci"
            if not left and not path.name.endswith(".egg-info"):
                yield from _walk(path)
        else:
            yield path
