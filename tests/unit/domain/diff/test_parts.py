"""A text cut at its headings."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.diff.parts import parts, split_lines
from app.domain.parse import parse
from app.domain.roles import Role
from tests import corpus

LINES = st.lists(
    st.sampled_from(["# A\n", "## B\r\n", "- x\r", "> # C\n", "text\u2028x\n", "\n", "===\n", "```\n", "end"])
)


@given(LINES.map("".join))
def test_every_line_stands_in_one_part(text):
    found = parts(parse(text))
    assert "".join(part.text for part in found) == text
    assert [part.first_line for part in found] == sorted(part.first_line for part in found)


def test_every_line_of_real_documents_stands_in_one_part():
    for path in corpus.documents():
        text = path.read_bytes().decode("utf-8", "replace")
        assert "".join(part.text for part in parts(parse(text))) == text


def test_a_part_knows_its_section():
    found = parts(parse("intro\n\n## Error Handling\n\ntext\n\n### More\n"))
    assert [(part.section_id, part.level, part.role, part.first_line) for part in found] == [
        ("", 0, None, 0),
        ("error-handling", 2, Role.errors, 2),
        ("more", 3, Role.errors, 6),
    ]


def test_lines_end_where_markdown_ends_them():
    assert split_lines("a\r\nb\rc\n\nd\x0be") == ["a\r\n", "b\r", "c\n", "\n", "d\x0be"]
