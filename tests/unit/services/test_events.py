"""Events and their audit tags: each has one, and each is recorded by some use case."""

import ast
from collections import Counter
from pathlib import Path

import pytest

import app.services
from app.core.registry import modules_of
from app.services import events
from app.services.events import Action, Event

SERVICES = Path(events.__file__).parent
modules_of(app.services)  # an event that no other test of this run asked for would not be there


def kinds(of=Event):
    return [one for kind in of.__subclasses__() for one in (kind, *kinds(kind))]


@pytest.mark.req("OPS-02")
def test_each_action_belongs_to_one_kind_of_event():
    tagged = Counter(kind.action for kind in kinds() if hasattr(kind, "action"))
    assert tagged == Counter(Action)
    assert all(kind.object_type for kind in kinds() if hasattr(kind, "action"))


@pytest.mark.req("OPS-02")
def test_each_kind_is_made_by_a_use_case():
    made = {
        node.func.id
        for path in SERVICES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    named = {node.id for path in SERVICES.rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))
             if isinstance(node, ast.Name)}  # fmt: skip
    assert {kind.__name__ for kind in kinds()} - made - named == set()


def test_a_tag_fits_its_column_and_reads_source_subject_action():
    for action in Action:
        assert len(action) <= 60
        assert len(action.split(":")) == 3
