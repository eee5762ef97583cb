"""A folder in which Rules.v and Statements.v are compiled; tests that need it are skipped where there is no coqc."""

from __future__ import annotations

import pytest

from gcalc.formal.coqc import coqc_version, prepare


@pytest.fixture(scope="session")
def coq_folder(tmp_path_factory):
    if coqc_version() is None:
        pytest.skip("no coqc on the path; .ci/coq installs it")
    folder = tmp_path_factory.mktemp("coq")
    prepare(folder)
    return folder
