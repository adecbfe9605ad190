"""How much a rule counts: what a team decides in layers, what a text says of itself, and comments that silence."""

import pytest

from app.domain.health import Severity
from app.domain.lint.engine import all_rules, check
from app.domain.lint.fixing import fixed
from app.domain.lint.policy import EVERYTHING, BadLevel, Level, Policy, read_level
from app.domain.parse import parse

TODO = "# A\n\nTBD\n"
RULE = "placeholder-left"
BECAUSE = f"<!-- plumbline: ignore {RULE} because they answer in March -->"


def severities(text: str, policy: Policy = EVERYTHING, rule: str = RULE) -> list[Severity]:
    return [finding.severity for finding in check(parse(text), policy) if finding.rule == rule]


def written(level: str, text: str = TODO) -> str:
    return f"---\nrules: [{RULE}={level}]\n---\n{text}"


@pytest.mark.parametrize(
    ("defaults", "space", "document", "counted"),
    [
        ({}, {}, {}, [Severity.warning]),
        ({RULE: Level.info}, {}, {}, [Severity.info]),
        ({RULE: Level.info}, {RULE: Level.error}, {}, [Severity.error]),
        ({RULE: Level.info}, {RULE: Level.error}, {RULE: Level.off}, []),
        ({RULE: Level.off}, {}, {RULE: Level.warning}, [Severity.warning]),
        ({RULE: Level.off}, {"section-empty": Level.error}, {}, []),
    ],
)
def test_the_layer_on_top_counts(defaults, space, document, counted):
    assert severities(TODO, Policy(defaults).over(space).over(document)) == counted


def test_layers_do_not_change_each_other():
    space = Policy({RULE: Level.error})
    space.over({RULE: Level.off})
    assert severities(TODO, space) == [Severity.error]


def test_the_template_of_the_layer_on_top_counts_and_else_the_one_below():
    below, above = parse("# T\n\n## Risks\n"), parse("# T\n\n## Owners\n")
    assert Policy({}, below).over({RULE: Level.off}).template is below
    assert Policy({}, below).over({}, above).template is above
    missing = [f.message for f in check(parse("# A\n\nText.\n"), Policy({}, below).over({}, above))]
    assert any("Owners" in message for message in missing)
    assert not any("Risks" in message for message in missing)


def test_a_text_sets_levels_where_nobody_decided_and_never_switches_off():
    assert severities(written("error")) == [Severity.error]
    assert severities(written("info")) == [Severity.info]
    assert severities(written("off")) == [Severity.warning]
    assert severities(written("loud")) == [Severity.warning]
    assert severities(f"# A\n\n- rules: {RULE}=error\n\nTBD\n") == [Severity.warning]


@pytest.mark.parametrize("layer", ["defaults", "space", "document"])
def test_what_was_decided_is_not_undone_by_the_text(layer):
    layers = [{RULE: Level.error} if name == layer else {} for name in ("defaults", "space", "document")]
    policy = Policy(layers[0]).over(layers[1]).over(layers[2])
    assert severities(written("info"), policy) == [Severity.error]


def test_every_rule_can_be_switched_off():
    everything_off = Policy({rule.name: Level.off for rule in all_rules()})
    assert check(parse("# A\n\n### B\n\nTBD [x](#y)\n\n```\n"), everything_off) == []


def test_what_is_switched_off_is_not_fixed_either():
    text = "# Two words\n\n[x](#Two_words)\n"
    rule = "broken-internal-link"
    assert fixed(parse(text)).count == 1
    assert fixed(parse(text), Policy({rule: Level.off})).count == 0
    assert fixed(parse(text), Policy({rule: Level.off}).over({rule: Level.info})).count == 1


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"# A\n\nText.\n\n{BECAUSE}\n\nTBD\n\nTBD\n", [9]),
        (f"# A\n\n## B\n{BECAUSE}\n\nTBD\n\nTBD\n\n## C\n\nTBD\n", [12]),
        (f"# A\n\nTBD {BECAUSE}\n\nTBD\n", [5]),
        (f"# A\n\n- TBD\n\n  {BECAUSE}\n\n  TBD\n\n- TBD\n", [3, 9]),
        (f"# A\n\n{BECAUSE.replace(RULE, 'section-empty')}\n\nTBD\n", [5]),
        (f"# A\n\n```\n{BECAUSE}\n```\n\nTBD\n", [7]),
        (f"# A\n\n## B\n{BECAUSE}\n\nTBD\n\n{BECAUSE}\n\nTBD\n\n## C\n\nTBD\n", [14]),
        (f"# A\n\n> ## B\n> {BECAUSE}\n>\n> TBD\n\nTBD\n", [8]),
    ],
    ids=["block", "section", "paragraph", "item", "another rule", "code", "section and block", "quoted heading"],
)
def test_where_a_comment_silences(text, left):
    assert [finding.line for finding in check(parse(text)) if finding.rule == RULE] == left


def test_a_comment_silences_whatever_the_level_and_its_missing_reason_counts_as_the_team_says():
    error = Policy({RULE: Level.error, "suppression-without-reason": Level.error})
    assert severities(f"# A\n\n{BECAUSE}\n\nTBD\n", error) == []
    silent = f"# A\n\n<!-- plumbline: ignore {RULE} -->\n\nTBD\n"
    assert severities(silent, error) == []
    assert severities(silent, error, "suppression-without-reason") == [Severity.error]


def test_levels_are_read_or_refused_with_a_sentence():
    assert read_level(RULE, "off", [RULE]) == (RULE, Level.off)
    with pytest.raises(BadLevel, match="There is no rule “nothing”"):
        read_level("nothing", "off", [RULE])
    with pytest.raises(BadLevel, match="the levels are off, info, warning, error"):
        read_level(RULE, "loud", [RULE])
