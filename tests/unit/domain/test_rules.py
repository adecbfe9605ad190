"""The contract of every rule: its manual page, its own examples, and the cases in tests/lint_cases."""

import importlib
import time
from pathlib import Path

import pytest
import yaml

from app.domain.health import Severity
from app.domain.lint import rules
from app.domain.lint.engine import all_rules, check
from app.domain.lint.fixing import fixed
from app.domain.lint.policy import Policy
from app.domain.lint.rule import FixingRule
from app.domain.parse import parse
from tests.corpus import documents

CASES = Path(__file__).resolve().parents[2] / "lint_cases"
MOST_PER_HUNDRED_LINES = 5
FIXABLE = {
    "broken-internal-link": "😀 See [the *part* 😀](#Roll_out).\n\n## Roll out\n\nSlowly.",
    "error-format-not-json": '## Error format\n\n😀 As so:\n\n```json\n{"a": [",]", 1, ],\n}\n```',
}


def found(rule: str, text: str) -> list[str]:
    return [finding.message for finding in check(parse(text)) if finding.rule == rule]


def cases(kind: str):
    for path in sorted(CASES.glob("*.yml")):
        for number, text in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))[kind], start=1):
            yield pytest.param(path.stem, text, id=f"{path.stem}-{number}")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_a_rule_has_a_manual_page_whose_examples_hold(rule):
    assert rule.summary().endswith(".")
    assert rule.why()
    assert found(rule.name, rule.bad())
    assert not found(rule.name, rule.good())


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_a_rule_has_two_texts_that_pass_and_two_that_fail(rule):
    text = yaml.safe_load((CASES / f"{rule.name}.yml").read_text(encoding="utf-8"))
    assert len(text["pass"]) >= 2
    assert len(text["fail"]) >= 2


@pytest.mark.parametrize(("rule", "text"), list(cases("pass")))
def test_silent(rule, text):
    assert found(rule, text) == []


@pytest.mark.parametrize(("rule", "text"), list(cases("fail")))
def test_heard(rule, text):
    assert found(rule, text)


def test_names_are_file_names_and_codes_are_unique():
    names = {path.stem.replace("_", "-") for path in Path(rules.__file__).parent.glob("*.py")} - {"--init--"}
    assert {rule.name for rule in all_rules()} == names
    assert {path.stem for path in CASES.glob("*.yml")} == names
    assert len({rule.code for rule in all_rules()}) == len(names)
    for rule in all_rules():
        module = importlib.import_module(type(rule).__module__)
        assert module.__name__.endswith(rule.name.replace("-", "_"))


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_real_documents_do_not_drown(path):
    text = path.read_text(encoding="utf-8")
    findings = [finding for finding in check(parse(text)) if finding.severity is not Severity.info]
    assert len(findings) <= 3 + MOST_PER_HUNDRED_LINES * len(text.splitlines()) / 100


def test_a_comment_with_a_reason_silences_the_block_behind_it():
    text = "# A\n\nText.\n\n<!-- plumbline: ignore placeholder-left because they answer in March -->\n\nTBD\n\nTBD\n"
    findings = check(parse(text))
    assert [(finding.rule, finding.line) for finding in findings] == [("placeholder-left", 9)]


def test_a_comment_under_a_heading_silences_the_section():
    text = "# A\n\n## B\n\n<!-- plumbline: ignore placeholder-left because later -->\n\nTBD\n\nTBD\n\n## C\n\nTBD\n"
    assert [finding.line for finding in check(parse(text))] == [13]


def test_findings_come_in_the_order_of_the_text():
    findings = check(parse("# A\n\nTBD\n\n## B\n\n[x](#y) TODO\n\n## C\n"))
    assert [finding.span.start for finding in findings] == sorted(finding.span.start for finding in findings)
    assert len(findings) == 4


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if isinstance(rule, FixingRule)], ids=lambda r: r.name)
def test_a_fix_leaves_nothing_of_what_it_fixes_and_is_wanted_once(rule):
    text = FIXABLE[rule.name].replace("\n", "\r\n")
    assert found(rule.name, text)
    after = fixed(parse(text))
    assert after.count == 1
    assert not found(rule.name, after.text)
    assert fixed(parse(after.text)).count == 0


@pytest.mark.parametrize("code", ['{"a": nothing}', '{"a": ' + "[" * 3000 + ",]" + "]" * 3000 + "}"])
def test_what_has_no_one_answer_is_not_fixed(code):
    text = f"## Error format\n\n```json\n{code}\n```\n"
    assert found("error-format-not-json", text)
    assert fixed(parse(text)).text == text


def test_a_mark_of_the_template_is_no_placeholder_but_its_bracket_texts_are():
    template = "- [Optional] method: [how it is added up]\n"
    findings = check(parse(template, template))
    assert [(finding.rule, finding.span.start.column) for finding in findings] == [("placeholder-left", 21)]


def large(size: int) -> str:
    """A text in which every rule has something to look at, and circles, chains and near titles are long."""
    parts = {
        "Components": "### C{0}\n- **Dependencies**: C{1}, C{2}\n- **Interfaces**: `PUT /c{0} → 404 NOT_{0}`\n\n",
        "Data flow": "{1}. C{0} → C{1}\n",
        "Schema": "### t{0}\n\n| Column | Type | Key |\n| --- | --- | --- |\n| x | int | FK → t{1}.id |\n\n",
        "Targets": "- Latency{0} < {0} ms `m{0}`\n",
        "Errors": "- NOT_{2} (404): gone\n",
        "Links": "#### Why this and not that one {0}\n\n[x](#C_{0}) ![](a.png) TODO\n\n",
    }
    texts = (f"## {title}\n\n" + "".join(map(row.format, *_numbers(size))) for title, row in parts.items())
    return "# A\n\n" + "\n".join(texts)


def _numbers(size: int) -> tuple[range, range, list[int]]:
    return range(size), range(1, size + 1), [number // 2 for number in range(size)]


@pytest.mark.thorough
def test_the_cost_of_checking_grows_with_the_text():
    template = parse("# [Title]\n\n## Why not this and that and one thing more\n\n## Cost\n")

    def seconds(size: int) -> float:
        design, taken = parse(large(size)), []
        for _ in range(3):
            started = time.process_time()
            assert len(check(design, Policy(template=template))) > size
            taken.append(time.process_time() - started)
        return min(taken)

    assert seconds(800) < 10 * seconds(200)
