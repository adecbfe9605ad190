"""Sequences: who sends to whom, the way back, and the drawing of it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.diagrams.sequence import sequence_svg
from app.domain.diagrams.walk import MOST_STEPS, walk
from app.domain.model import StepKind
from app.domain.parse import parse
from tests.unit.domain.diagrams.drawn import Drawn

TEXT = """## Components

### Gateway
- **Purpose**: lets in

## Request Flow

1. Browser → Gateway: GET /
2. Gateway → Pages
3. Pages → gateway: which space
4. Gateway → Store: 😀 & \\<b>
5. Everything is logged
6. Response flows back as a page
"""


def flow(text):
    return parse(text).flows[0]


def steps(*lines):
    return "## Request Flow\n\n" + "".join(f"{at}. {line}\n" for at, line in enumerate(lines, 1))


def arrows(walked, kind):
    return [(message.source, message.target) for message in walked.messages if message.kind is kind]


def test_participants_come_in_order_under_the_name_used_first():
    assert walk(flow(TEXT)).participants == ("Browser", "Gateway", "Pages", "Store")


def test_a_return_goes_back_along_the_calls_that_are_open():
    walked = walk(flow(TEXT))
    assert arrows(walked, StepKind.answer) == [("Store", "Gateway"), ("Gateway", "Browser")]
    assert [message.text for message in walked.messages][-2:] == ["Response flows back as a page", ""]


def test_an_answer_that_names_both_ends_is_one_arrow():
    text = "## Flows\n\n```mermaid\nsequenceDiagram\nA->>B: ask\nB-->>A: tell\n```\n"
    assert arrows(walk(flow(text)), StepKind.answer) == [("B", "A")]


def test_a_return_with_nobody_waiting_is_a_note():
    walked = walk(flow(steps("Response flows back", "A → B")))
    assert [message.kind for message in walked.messages] == [StepKind.note, StepKind.call]


def test_a_long_flow_is_cut_and_says_so():
    text = steps(*["A → B"] * (MOST_STEPS + 3))
    assert walk(flow(text)).left_out == 3
    assert "3 more steps not drawn" in Drawn(sequence_svg(parse(text), flow(text))).label


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("ABCDE")), min_size=1, max_size=12))
def test_whatever_was_called_the_way_back_ends_at_a_first_caller(calls):
    walked = walk(flow(steps(*(f"{one} → {other}" for one, other in calls), "Response flows back")))
    back = arrows(walked, StepKind.answer)
    assert all(one[1] == other[0] for one, other in pairwise(back))
    assert len(set(back)) == len(back)


def test_the_drawing_names_everything_and_leads_to_components():
    design = parse(TEXT)
    drawn = Drawn(sequence_svg(design, design.flows[0], lambda line: f"L{line}"))
    drawn.assert_sound()
    assert drawn.label == "Sequence Request Flow: 4 participants, 6 messages"
    assert drawn.titles("graph-box") == ["Browser", "Gateway: lets in", "Pages", "Store"]
    assert [box.get("href") for box in drawn.all("graph-box")] == ["#L8", "#gateway", "#L8", "#L8"]
    assert "Gateway calls Store: 😀 & <b>" in drawn.titles("graph-message")
    assert "Store answers Gateway: Response flows back as a page" in drawn.titles("graph-message")
    assert drawn.titles("graph-note") == ["Everything is logged"]


def test_without_a_page_there_are_no_links():
    design = parse(TEXT)
    drawn = Drawn(sequence_svg(design, design.flows[0]))
    assert not [element for element in drawn.root.iter() if element.tag.endswith("}a")]


def test_a_call_to_oneself_stays_inside():
    text = steps("Scheduler → Scheduler: looks again for whatever has become due in the meantime")
    drawn = Drawn(sequence_svg(parse(text), flow(text)))
    drawn.assert_sound()
    assert drawn.width > 200


def test_a_call_to_oneself_pushes_what_stands_to_the_right():
    words = "looks again for whatever has become due in the meantime"
    text = steps(f"Scheduler → Scheduler: {words}", "Scheduler → Ledger")
    wide, narrow = (Drawn(sequence_svg(parse(one), flow(one))).width for one in (text, steps("Scheduler → Ledger")))
    assert wide > narrow + 50
