"""`kep.yaml` beside a text: whose it is, what becomes of the text, and what is read without touching it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lint.engine import check
from app.domain.parse import parse
from app.domain.parse.front_matter import BadYaml
from app.domain.parse.sidecar import fold, sidecar_of, with_sidecar
from app.domain.status import Status
from tests import corpus

OWN = (
    "# KEP-7: Drain before stop\n\n**Last updated**: 2026-11-22\n\n## Summary\n\nNodes drain.\n",
    "title: Drain\nkep-number: 7\nauthors:\n  - ana # first\n  - ravi\nowning-sig: sig-node\nstatus: implementable\n",
)
BESIDE = [path for path in corpus.documents() if path.with_suffix(".kep.yaml").exists()]
PAIRS = [OWN, *((path.read_text(), path.with_suffix(".kep.yaml").read_text()) for path in BESIDE)]


@pytest.mark.parametrize(
    ("name", "beside", "sidecar"),
    [
        ("a.md", ["a.md", "a.kep.yaml", "kep.yaml"], "a.kep.yaml"),
        ("A.md", ["A.md", "a.KEP.yml"], "a.KEP.yml"),
        ("a.md", ["a.md", "kep.yaml"], "kep.yaml"),
        ("a.md", ["a.md", "b.md", "kep.yaml"], None),
        ("README.md", ["README.md", "b.md", "kep.yaml"], "kep.yaml"),
        ("a.md", ["a.md", "b.kep.yaml", "values.yaml"], None),
    ],
)
def test_whose_it_is(name, beside, sidecar):
    assert sidecar_of(name, beside) == sidecar


@pytest.mark.parametrize(("text", "sidecar"), PAIRS)
def test_a_proposal_gets_its_fields_word_for_word(text, sidecar):
    made = fold(text, sidecar)
    assert made.text == f"---\n{sidecar.strip()}\n---\n\n{text}"
    assert made.taken[:4] == ("title", "kep-number", "authors", "owning-sig")
    design = parse(made.text)
    assert design.status is Status.approved
    assert len(design.field("owner").values) == 2
    assert [finding.rule for finding in check(design)] == [finding.rule for finding in check(parse(text))]
    assert fold(made.text, sidecar).text == made.text


@pytest.mark.parametrize(("text", "sidecar"), PAIRS)
def test_who_only_reads_sees_the_same_fields_and_every_line_stays(text, sidecar):
    beside, folded = with_sidecar(parse(text), sidecar), parse(fold(text, sidecar).text)
    read, stored = ([(one.name, one.values) for one in design.fields] for design in (beside, folded))
    assert sorted(read) == sorted(stored)
    assert beside.title == folded.title
    assert beside.text == text


def test_what_the_text_says_itself_stays_and_is_said():
    text = "\ufeff---\r\nstatus: Draft # mine\r\n---\r\n# A\r\n"
    made = fold(text, "---\nStatus: implemented\nowner: Ana\nlist: [a, 'é: b']\n...\n")
    assert made.text == "\ufeff---\r\nstatus: Draft # mine\r\nowner: Ana\r\nlist: [a, 'é: b']\r\n---\r\n# A\r\n"
    assert (made.taken, made.known) == (("owner", "list"), ("Status",))
    design = with_sidecar(parse(text), "Status: implemented\nowner: Ana\ntitle: T")
    assert design.status is Status.draft
    assert design.field("owner").value == "Ana"


def test_line_ends_and_the_byte_order_mark_are_the_texts():
    made = fold("\ufeff\r\n# A\r\n", "\n---\n\na: b\n\nc: d\n...\n")
    assert made.text == "\ufeff---\r\na: b\r\n\r\nc: d\r\n---\r\n\r\n# A\r\n"


@pytest.mark.parametrize("sidecar", ["- a\n- b", "a: [", "a: b\n---\nc: d", "a: " + "[" * 500, "a: " + "x" * 20_000])
def test_what_holds_no_fields_is_refused(sidecar):
    with pytest.raises(BadYaml):
        fold("# A\n", sidecar)


@pytest.mark.parametrize("sidecar", ["", "---\n", "# only a comment\n", "status: Draft"])
def test_what_says_nothing_new_changes_nothing(sidecar):
    text = "---\nstatus: Draft\n---\n# A\n"
    assert fold(text, sidecar).text == text


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=20)


@given(st.dictionaries(WORDS, st.one_of(WORDS, st.integers(), st.lists(WORDS, max_size=3)), max_size=5), WORDS)
def test_any_fields_are_read_back_as_they_were(fields, words):
    sidecar = yaml.safe_dump(fields, allow_unicode=True) if fields else ""
    text = f"# A {words}\n"
    made = fold(text, sidecar)
    assert made.text.endswith(text)
    beside, folded = with_sidecar(parse(text), sidecar), parse(made.text)
    assert len(folded.fields) == len(fields)
    assert {(one.name, one.values) for one in beside.fields} <= {(one.name, one.values) for one in folded.fields}
