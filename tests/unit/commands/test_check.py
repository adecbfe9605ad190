"""`plumbline check` beyond one file: options, configuration, formats, folders, fixes, several processes."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.commands import check as command
from app.commands.reading import Unreadable
from app.commands.writing import replace_text
from app.domain.lint.engine import all_rules

TODO = "# Refunds\n\nTODO\n"
BROKEN_LINK = "# 😀\r\n\r\nSee [it](#Roll_Out).\r\n\r\n## Roll out\r\n\r\nSlowly.\r\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str):
        return CliRunner().invoke(app, ["check", *arguments])

    return call


def test_a_level_on_the_command_line_goes_before_the_file_and_the_file_before_the_rule(run, tmp_path):
    (tmp_path / "a.md").write_text(TODO)
    assert run("a.md").exit_code == 0
    (tmp_path / "plumbline.toml").write_text('[rules]\nplaceholder-left = "error"\n')
    assert run("a.md").exit_code == 1
    assert run("a.md", "--severity", "placeholder-left=info").stdout.startswith("a.md:3:1: info placeholder-left")
    assert run("a.md", "--severity", "placeholder-left=off").stdout == "1 file: 0 errors, 0 warnings\n"


def test_a_document_may_set_a_level_but_not_switch_a_rule_off(run, tmp_path):
    (tmp_path / "a.md").write_text(f"---\nrules: [placeholder-left=error]\n---\n{TODO}")
    (tmp_path / "b.md").write_text(f"---\nrules: [placeholder-left=off, nonsense]\n---\n{TODO}")
    assert " error placeholder-left" in run("a.md").stdout
    assert " warning placeholder-left" in run("b.md").stdout


def test_configuration_is_found_above_and_in_pyproject(run, tmp_path, monkeypatch):
    inner = tmp_path / "docs"
    inner.mkdir()
    (inner / "a.md").write_text(TODO)
    (tmp_path / "pyproject.toml").write_text('[tool.plumbline.rules]\nplaceholder-left = "off"\n')
    monkeypatch.chdir(inner)
    assert "0 errors, 0 warnings" in run("a.md").stdout


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("rules = 1", "`rules` is a table"),
        ("exclude = 'a'", "`exclude` is a list"),
        ("template = 1", "`template` is a name"),
        ("[rules]\nplaceholder-left = 1", "`rules` is a table"),
        ("colour = 'red'", "no setting “colour”"),
        ("[rules]\nplaceholder-left = 'loud'", "“loud” is no level"),
        ("[rules]\nplaceholders = 'off'", "no rule “placeholders”"),
        ("= 1", "cannot be read"),
        ("template = 'nope'", "no template “nope”"),
    ],
)
def test_a_wrong_configuration_is_said_in_a_sentence_and_ends_with_two(run, tmp_path, text, why):
    (tmp_path / "a.md").write_text(TODO)
    (tmp_path / "plumbline.toml").write_text(text)
    result = run("a.md")
    assert result.exit_code == 2
    assert why in result.stderr


def test_a_wrong_option_ends_with_two(run, tmp_path):
    (tmp_path / "a.md").write_text(TODO)
    assert run("a.md", "--format", "xml").exit_code == 2
    assert run("a.md", "--severity", "placeholder-left").exit_code == 2


def test_folders_stand_for_their_documents_without_hidden_and_excluded_ones(run, tmp_path):
    for name in ("a.md", "sub/b.markdown", "sub/c.txt", ".git/d.md", "node_modules/e.md", "old/f.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TODO)
    (tmp_path / "plumbline.toml").write_text('exclude = ["old"]')
    places = re.findall(r"^(\S+?):3:1:", run(".", "old/f.md", "a.md").stdout, re.MULTILINE)
    assert places == ["a.md", "sub/b.markdown", "old/f.md"]


def test_json_has_places_and_what_could_not_be_read(run, tmp_path):
    (tmp_path / "a.md").write_text("# 😀\n\n😀 TODO\n")
    result = run("a.md", "none.md", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 2
    assert report["warnings"] == 1
    assert report["findings"][0] | {"message": ""} == {
        "file": "a.md", "line": 3, "column": 3, "end_line": 3, "end_column": 7,
        "severity": "warning", "rule": "placeholder-left", "message": "",
    }  # fmt: skip
    assert [one["file"] for one in report["unreadable"]] == ["none.md"]


def test_sarif_names_every_rule_and_every_finding(run, tmp_path):
    (tmp_path / "a b.md").write_text(TODO)
    (sarif,) = json.loads(run("a b.md", "--format", "sarif").stdout)["runs"]
    assert {rule["id"] for rule in sarif["tool"]["driver"]["rules"]} == {rule.name for rule in all_rules()}
    (result,) = sarif["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], result["level"]) == ("placeholder-left", "warning")
    assert place["artifactLocation"]["uri"] == "a%20b.md"
    assert place["region"] == {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 5}


def test_annotations_escape_what_would_end_them(run, tmp_path):
    (tmp_path / "a,b.md").write_text("# A\n\n[Add 100% of it]\n")
    line = run("a,b.md", "--format", "github").stdout.splitlines()[0]
    assert line.startswith("::warning file=a%2Cb.md,line=3,endLine=3,col=1,endColumn=17,title=placeholder-left::")
    assert "100%25" in line


def test_fix_changes_what_is_certain_and_keeps_every_other_byte(run, tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(BROKEN_LINK.encode())
    path.chmod(0o640)
    result = run("--fix", "a.md")
    assert result.stdout == "1 file: 0 errors, 0 warnings, 1 fixed\n"
    assert path.read_bytes() == BROKEN_LINK.replace("#Roll_Out", "#roll-out").encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_fix_leaves_alone_what_is_silenced_switched_off_or_not_certain(run, tmp_path):
    silenced = BROKEN_LINK.replace("See", "<!-- plumbline: ignore broken-internal-link because x --> See")
    twice = BROKEN_LINK + "## Roll.Out\r\n\r\nAgain.\r\n"
    for name, text in (("a.md", silenced), ("b.md", twice), ("c.md", BROKEN_LINK)):
        (tmp_path / name).write_bytes(text.encode())
    run("--fix", "a.md", "b.md")
    run("--fix", "c.md", "--severity", "broken-internal-link=off")
    for name, text in (("a.md", silenced), ("b.md", twice), ("c.md", BROKEN_LINK)):
        assert (tmp_path / name).read_bytes() == text.encode()


def test_many_files_are_shared_between_processes_with_the_same_result(run, tmp_path, monkeypatch):
    for number in range(12):
        (tmp_path / f"{number:02}.md").write_text(TODO * (number + 1))
    alone = run(".", "--severity", "placeholder-left=error")
    monkeypatch.setattr(command, "_WORTH_A_PROCESS", 1)
    shared = run(".", "--severity", "placeholder-left=error")
    assert (shared.exit_code, shared.stdout) == (alone.exit_code, alone.stdout)
    assert shared.exit_code == 1


def test_rules_are_listed_and_shown_by_code_and_name():
    def call(*names):
        return CliRunner().invoke(app, ["rules", *names])

    assert len(call().stdout.splitlines()) == len(all_rules())
    assert call("PL105").stdout == call("broken-internal-link").stdout
    assert "Bad:" in call("PL105").stdout
    assert call("PL000").exit_code == 2


def test_a_template_is_one_of_our_own_or_a_file_and_what_the_document_names_goes_before(run, tmp_path):
    (tmp_path / "a.md").write_text("# A\n\n## Cost\n\nMuch.\n")
    (tmp_path / "b.md").write_text("---\ntemplate: note\n---\n\n# B\n\n## Cost\n\nLittle.\n")
    (tmp_path / "ours.md").write_text("# [Title]\n\n## Cost\n\n## Use\n\n### Who\n\n## Notes (optional)\n")
    assert run("a.md").stdout == "1 file: 0 errors, 0 warnings\n"
    assert "“Considered Options” of the template" in run("a.md", "--template", "adr").stdout
    (tmp_path / "plumbline.toml").write_text('template = "ours.md"\n')
    lines = run("a.md", "b.md").stdout.splitlines()
    assert lines[0] == "a.md:1:1: warning section-missing The section “Use” of the template is missing."
    assert lines[1].startswith("b.md:")
    assert "“Use”" not in "".join(lines[1:])


def test_a_table_that_is_none_is_said_and_another_tools_table_is_passed_by(run, tmp_path):
    (tmp_path / "a.md").write_text(TODO)
    (tmp_path / "pyproject.toml").write_text("[tool]\nother = 1\n")
    assert run("a.md").exit_code == 0
    (tmp_path / "pyproject.toml").write_text("[tool]\nplumbline = 1\n")
    assert "`plumbline` is a table" in run("a.md").stderr


def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(tmp_path, monkeypatch):
    path = tmp_path / "a.md"
    path.write_text(TODO)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "chmod", refuse)
    with pytest.raises(Unreadable, match=r"a\.md: it cannot be written \(Permission denied\)"):
        replace_text(path, "else")
    with pytest.raises(Unreadable, match="cannot be written"):
        replace_text(tmp_path / "none" / "a.md", "else")
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text() == TODO


def test_a_link_stays_a_link_when_its_file_is_fixed(run, tmp_path):
    (tmp_path / "real.txt").write_bytes(BROKEN_LINK.encode())
    (tmp_path / "a.md").symlink_to(tmp_path / "real.txt")
    run("--fix", "a.md")
    assert (tmp_path / "a.md").is_symlink()
    assert b"#roll-out" in (tmp_path / "real.txt").read_bytes()


def test_a_sidecar_beside_a_proposal_is_read_with_it(run, tmp_path):
    text = "# KEP-7: Drain\n\n## Summary\n\nNodes drain.\n\n**Last updated**: 2026-11-22\n"
    (tmp_path / "README.md").write_text(text)
    (tmp_path / "other.md").write_text(text)
    (tmp_path / "kep.yaml").write_text("authors: [ana]\nstatus: sideways\n")
    assert run("README.md").stdout.startswith("README.md:1:1: warning status-unknown")
    assert "status" not in run("other.md").stdout
    (tmp_path / "other.kep.yaml").write_text("a: [")
    assert "other.kep.yaml: it is no valid YAML" in run("other.md").stderr
    shown = CliRunner().invoke(app, ["show", "README.md"]).stdout
    assert "authors: ana" in shown
    assert (tmp_path / "README.md").read_text() == text
