"""A folder with a user's layers in it, which is the working directory."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

LAYERS = Path(__file__).with_name("layers_of_a_user.py")


@pytest.fixture
def users_folder(tmp_path, monkeypatch):
    """The working directory, with layers_of_a_user.py."""
    shutil.copy(LAYERS, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
