"""Finding a Chromium: a given path wins or is refused; what is there must start; nothing is installed needlessly."""

from pathlib import Path

import pytest

from scripts import chromium


def program(folder: Path, name: str, *, starts: bool = True) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\necho Chromium 150\n" if starts else "#!/bin/sh\nexit 127\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with nothing on it and no way to get anything."""
    monkeypatch.delenv("PLUMBLINE_CHROMIUM", raising=False)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(chromium, "LAUNCHER", tmp_path / "unpacked" / "launch")
    monkeypatch.setattr(chromium, "_ways", list)
    return tmp_path


def test_a_given_path_wins(machine, monkeypatch):
    program(machine / "bin", "chromium")
    given = program(machine / "opt", "chrome")
    monkeypatch.setenv("PLUMBLINE_CHROMIUM", str(given))
    assert chromium.find() == given


def test_a_given_path_that_does_not_start_is_refused(machine, monkeypatch):
    program(machine / "bin", "chromium")
    monkeypatch.setenv("CHROMIUM", str(machine / "nowhere"))
    with pytest.raises(chromium.NoChromium, match=r"CHROMIUM is .*nowhere"):
        chromium.find()


def test_one_that_lacks_its_libraries_is_passed_over(machine):
    program(machine / "bin", "chromium", starts=False)
    own = program(machine / "playwright" / "chromium-1200" / "chrome-linux64", "chrome")
    assert chromium.find() == own


def test_what_is_missing_is_fetched_by_the_first_way_that_works(machine, monkeypatch):
    ways = [lambda: None, lambda: program(machine / "unpacked", "launch"), lambda: pytest.fail("one too many")]
    monkeypatch.setattr(chromium, "_ways", lambda: ways)
    assert chromium.find() == machine / "unpacked" / "launch"


def test_without_any_it_says_what_to_do(machine):
    with pytest.raises(chromium.NoChromium, match="PLUMBLINE_CHROMIUM"):
        chromium.find()
