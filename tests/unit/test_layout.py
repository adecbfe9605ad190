"""The house rules can fail: each check is shown a text that breaks it and a neighbour that does not."""

import ast
from pathlib import Path

import pytest

from scripts import check_layout


def source(path: str, text: str) -> check_layout.Source:
    return check_layout.Source(Path(path), text, ast.parse(text))


def function(lines: int) -> str:
    return "def build():\n" + "    x = 1\n" * (lines - 1)


def state(*, variables: int = 0, handlers: int = 0) -> str:
    body = [f"    field_{n}: int = 0\n" for n in range(variables)]
    body += [f"    @rx.event\n    async def on_{n}(self): ...\n" for n in range(handlers)]
    return "class ReadState(rx.State):\n    _hidden: int = 0\n" + "".join(body)


CASES = [
    (check_layout.file_sizes, "app/core/clock.py", "x = 1\n" * 301, "x = 1\n" * 300),
    (check_layout.function_sizes, "app/core/clock.py", function(41), function(40)),
    (check_layout.function_sizes, "components/ui/badge.py", function(46), function(45)),
    (check_layout.docstrings, "app/core/clock.py", "x = 1\n", '"""What it is for."""\n'),
    (check_layout.silenced, "app/core/clock.py", "x = y  # noqa: F821\n", "x = y  # noqa: F821 made by exec\n"),
    (check_layout.silenced, "app/core/db.py", "x = y  # type: ignore[attr-defined]\n", "x = y  # type: str\n"),
    (check_layout.forbidden_calls, "tests/conftest.py", "time.sleep(1)\n", "asyncio.sleep(0)\n"),
    (check_layout.forbidden_calls, "app/core/db.py", "metadata.create_all(engine)\n", "time.sleep(1)\n"),
    (check_layout.needs_eval, "state/read.py", "rx.toast.error('no')\n", "bridge.toast('yes')\n"),
    (check_layout.inline_styles, "components/ui/badge.py", "rx.el.div(style={})\n", "rx.el.div(class_name='a')\n"),
    (check_layout.inline_styles, "app/pages/document.py", "rx.el.div(style={})\n", "rx.el.style('a')\n"),
    (check_layout.queries, "app/services/d.py", "from sqlalchemy import select\n", "from sqlalchemy import func\n"),
    (check_layout.http_failures, "app/services/d.py", "raise HTTPException(404)\n", "raise NotFound('no')\n"),
    (check_layout.colours, "components/ui/badge.py", "ink = '#1a2b3c'\n", "link = '#finding-3'\n"),
    (check_layout.state_sizes, "state/read.py", state(variables=11), state(variables=10)),
    (check_layout.state_sizes, "state/read.py", state(handlers=9), state(handlers=8)),
]


@pytest.mark.parametrize(("check", "path", "bad", "good"), CASES)
def test_a_check_finds_what_it_is_for_and_nothing_else(check, path, bad, good):
    assert list(check(source(path, bad)))
    assert not list(check(source(path, good)))


def test_a_problem_says_where_and_what():
    (problem,) = check_layout.function_sizes(source("app/core/clock.py", "\n" + function(50)))
    assert problem == "app/core/clock.py:2 build has 50 lines; the limit is 40"


@pytest.mark.parametrize("name", ["app/services/utils.py", "app/common/clock.py"])
def test_a_name_that_says_nothing_is_refused(name):
    assert list(check_layout.vague_names(source(name, "")))


def test_too_many_state_classes_are_counted_over_all_files():
    files = [source(f"state/s{n}.py", state()) for n in range(25)]
    assert list(check_layout.state_count(files))
    assert not list(check_layout.state_count(files[:24]))


def test_a_room_outside_the_contract_is_found(tmp_path):
    (tmp_path / "app" / "attic").mkdir(parents=True)
    (tmp_path / "app" / "attic" / "trunk.py").touch()
    (tmp_path / "app" / "core").mkdir()
    (tmp_path / "app" / "core" / "clock.py").touch()
    contract = '[[tool.importlinter.contracts]]\nid = "layers"\nlayers = ["app.cli | app.core"]\n'
    (tmp_path / "pyproject.toml").write_text(contract)
    (problem,) = check_layout.layers_named(tmp_path)
    assert "app.attic" in problem


def test_every_room_of_the_application_stands_in_the_contract():
    assert list(check_layout.layers_named(check_layout.ROOT)) == []
