"""The pre-commit hooks and the GitHub Action name what there is: the command, its options, its formats."""

import os
import shlex
import subprocess
from pathlib import Path

import yaml

from app.cli import app

ROOT = Path(__file__).resolve().parents[3]


def commands():
    return {command.name or command.callback.__name__ for command in app.registered_commands}


def test_hooks_call_a_command_that_exists():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert len({hook["id"] for hook in hooks}) == len(hooks) == 2
    for hook in hooks:
        program, command, *_ = shlex.split(hook["entry"])
        assert program == "plumbline"
        assert command in commands()


def test_the_action_passes_its_inputs_on(tmp_path):
    """Its last step runs with a program of ours in the place of Python, pip and plumbline."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    assert set(action["inputs"]) == {"files", "template", "arguments"}
    spy = tmp_path / "plumbline" / "bin" / "plumbline"
    spy.parent.mkdir(parents=True)
    for name in ("plumbline", "pip"):
        (spy.parent / name).write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/{name}.txt"\n')
        (spy.parent / name).chmod(0o755)
    values = {"FILES": "docs *.md", "TEMPLATE": "my template.md", "ARGUMENTS": "--severity a=off", "PYTHON": "true"}
    assert set(step["env"]) == {*values, "SOURCE"}
    subprocess.run(
        ["/bin/sh", "-e", "-c", step["run"]],
        env=os.environ | values | {"SOURCE": "/source", "RUNNER_TEMP": str(tmp_path)},
        cwd=ROOT,
        check=True,
    )
    told = (tmp_path / "plumbline.txt").read_text().splitlines()
    assert told == [
        "check",
        "--format",
        "github",
        "--severity",
        "a=off",
        "--template",
        "my template.md",
        "docs",
        "*.md",
    ]
    assert (tmp_path / "pip.txt").read_text().splitlines()[-1] == "/source"
