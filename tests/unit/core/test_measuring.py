"""The folder in which processes add up their metrics: ours alone, and without those who are gone."""

import os
import subprocess
import sys
import tempfile

import pytest

from app.core import measuring
from app.core.settings import Settings

VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.delenv(VARIABLE)
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    return Settings(_env_file=None, data_dir=tmp_path / "data")


@pytest.fixture
def gone():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_processes_with_one_data_folder_share_one_that_nobody_else_reads(settings, tmp_path):
    assert measuring.folder() is None
    measuring.share(settings)
    found = measuring.folder()
    assert found.parent == tmp_path / "temp"
    assert found.stat().st_mode & 0o777 == 0o700
    measuring.share(settings)
    assert measuring.folder() == found
    measuring.share(settings.model_copy(update={"data_dir": tmp_path / "other"}))
    assert measuring.folder() != found


def test_a_folder_that_somebody_else_made_is_not_believed(settings, monkeypatch):
    measuring.share(settings)
    found = measuring.folder()
    monkeypatch.delenv(VARIABLE)
    found.chmod(0o777)
    measuring.share(settings)
    assert measuring.folder() is None
    found.rmdir()
    (elsewhere := found.with_name("elsewhere")).mkdir(mode=0o700)
    found.symlink_to(elsewhere)
    measuring.share(settings)
    assert measuring.folder() is None


def test_levels_of_the_dead_go_at_once_and_their_counts_at_the_next_start(settings, gone):
    measuring.share(settings)
    names = ["counter", "gauge_livesum", "gauge_livemostrecent", "histogram"]
    for name in names:
        for process in (gone, os.getpid()):
            (measuring.folder() / f"{name}_{process}.db").touch()
    measuring.forget_levels()
    left = {file.name for file in measuring.folder().iterdir()}
    assert {name for name in names if f"{name}_{gone}.db" in left} == {"counter", "histogram"}
    measuring.begin()
    assert {file.name for file in measuring.folder().iterdir()} == {f"{name}_{os.getpid()}.db" for name in names}
