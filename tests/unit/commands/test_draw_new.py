"""`plumbline draw` and `new` as somebody types them."""

import pytest
from typer.testing import CliRunner

from app.cli import app

TEXT = "# Shop\n\n## Components\n\n### Till\n- **Dependencies**: Bank (external)\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(app, arguments)


def test_draw_prints_the_component_graph_as_svg(run):
    result = run("draw", "a.md")
    assert result.exit_code == 0
    assert result.stdout.startswith("<svg ")
    assert "<style>" in result.stdout


def test_draw_writes_a_file(run, tmp_path):
    assert run("draw", "a.md", "--to", "mermaid", "--output", "a.mmd").stdout == ""
    assert (tmp_path / "a.mmd").read_text(encoding="utf-8").startswith("flowchart TD\n")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("draw", "b.md"), "b.md: there is no such file."),
        (
            ("draw", "a.md", "--diagram", "pipeline"),
            "a.md: there is nothing to draw: no stages of a pipeline were found in it.",
        ),
        (("draw", "a.md", "--to", "sql"), "no tables were found"),
        (("draw", "a.md", "--diagram", "er", "--to", "structurizr"), "choose one of"),
        (("draw", "a.md", "--output", "no/such.svg"), "no/such.svg: it cannot be written"),
        (("draw",), "FILE"),
        (("draw", "a.md", "--to", "png"), "png"),
        (("new", "novel"), "There is no template “novel”"),
        (("new", "rfc", "--output", "a.md"), "a.md: there is such a file already"),
        (("new", "rfc", "--output", "no/such.md"), "no/such.md: it cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_and_ends_with_two(run, arguments, why):
    result = run(*arguments)
    assert result.exit_code == 2
    assert why in result.stderr
    assert "Traceback" not in result.stderr


def test_new_lists_the_templates(run):
    assert run("new").stdout.split() == ["adr", "design-document", "note", "rfc"]


def test_new_begins_a_document_that_check_can_read(run, tmp_path):
    assert run("new", "rfc", "--title", "Refunds", "--output", "r.md").exit_code == 0
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert text.startswith("# Refunds\n\n- Status: Draft\n")
    assert run("check", "r.md").exit_code == 0


def test_new_takes_a_template_of_ones_own(run):
    assert run("new", "a.md", "--title", "Mine").stdout == TEXT.replace("Shop", "Mine")
