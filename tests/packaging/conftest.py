"""The wheel and the source distribution, built once a session from a copy of the checkout."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFTOVERS = shutil.ignore_patterns(
    ".git", ".venv*", ".*_cache", ".hypothesis", "__pycache__", "build", "dist", "*.egg-info"
)


def build(source: Path, target: Path, kind: str) -> Path:
    """Build a wheel or an sdist without a network: the extra `test` brings the build backend."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        f"--{kind}",
        "--outdir",
        str(target),
        str(source),
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.iterdir()
    return built


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """A copy of the checkout, since setuptools writes into the folder it builds from."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("copy") / "gcalc", ignore=LEFTOVERS))


@pytest.fixture(scope="session")
def wheel(checkout, tmp_path_factory):
    return build(checkout, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="session")
def sdist(checkout, tmp_path_factory):
    return build(checkout, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="session")
def unpacked(sdist, tmp_path_factory):
    """The folder that the source distribution unpacks to."""
    target = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.4 and later
        archive.extractall(target)
    (folder,) = target.iterdir()
    return folder


@pytest.fixture(scope="session")
def wheel_from_sdist(unpacked, tmp_path_factory):
    return build(unpacked, tmp_path_factory.mktemp("wheel_from_sdist"), "wheel")
