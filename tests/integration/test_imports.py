"""Importing: one report per file, nothing stored by half, names and bytes that are refused."""

import codecs
import gzip
import io
import zipfile

import pytest

from app.core.errors import Conflict, Forbidden, Invalid, NotFound, PayloadTooLarge
from app.schemas.imports import Choice, ImportFile, ImportTexts, ImportView, Outcome, ResolveImport
from app.services import doctor, documents, imports
from tests.integration.world import WRITERS, rows

GOOD = b"# Good\n\n## Core Components\n\n### API\n- **Purpose**: Takes orders\n"


async def bring(world, *files: tuple[str, bytes], by: str = "author") -> ImportView:
    sent = tuple(ImportFile(name=name, data=data) for name, data in files)
    return await imports.run(world.actor(by), ImportTexts(space_key="ENG", files=sent))


async def test_a_file_becomes_a_document_with_a_report(world):
    report = await bring(world, ("good.md", GOOD))
    (item,) = report.items
    assert (item.outcome, item.number, item.title) == (Outcome.created, "ENG-1", "Good")
    assert {section.role for section in item.sections} >= {"components"}
    assert any("1 component" in part for section in item.sections for part in section.understood)
    assert await documents.text(world.actor("reader"), "ENG-1") == GOOD.decode()
    assert await imports.view(world.actor("author"), report.id) == report


async def test_one_bad_file_stops_no_other(world):
    report = await bring(world, ("a.md", b"# A\n"), ("b.md", b"\xff\xfe#\0"), ("../c.md", b"# C\n"), ("d.md", b"# D\n"))
    assert [item.outcome for item in report.items] == ["created", "refused", "refused", "created"]
    assert await rows("SELECT title FROM document ORDER BY number") == [("A",), ("D",)]
    assert await doctor.examine() == []
    assert [item.outcome for item in (await imports.view(world.actor("author"), report.id)).items] == [
        item.outcome for item in report.items
    ]


async def test_a_text_without_title_is_named_after_its_file(world):
    (item,) = (await bring(world, ("retry-policy_v2.markdown", b"Some words only.\n"))).items
    assert item.title == "Retry policy v2"


NAMES = [
    "", " ", ".md", "..md", "../a.md", "..\\a.md", "a/b.md", "/etc/passwd.md", "\\\\host\\share.md", "C:a.md",
    "C:\\a.md", "a\0.md", "a.md\0", "a\n.md", "\x1b[31m.md", "a..md", "%2e%2e%2fa.md", "a%2Fb.md", "a%5cb.md", " a.md",
    "a.md ", "con.md", "NUL.md", "lpt1.md", "a.txt", "a.html", "a.md.exe", "a.svg", "a", "a.zip", "a.tar.gz", "a:b.md",
    "a|b.md", "<a>.md", "a\u202edm.md", "a\u200b.md", "x" * 300 + ".md", "a\ud800.md", "~/../a.md", "file:///a.md",
]  # fmt: skip


@pytest.mark.req("FILE-04")
async def test_odd_file_names_are_refused_and_leave_nothing(world, tmp_path):
    before = {path for path in tmp_path.rglob("*") if "plumbline.db" not in path.name}
    report = await bring(world, *((name, GOOD) for name in NAMES))
    assert len(NAMES) >= 25
    for name, item in zip(NAMES, report.items, strict=True):
        assert item.outcome is Outcome.refused, name
        assert item.message
        assert item.file_name.isprintable()
    assert await rows("SELECT count(*) FROM document") == [(0,)]
    assert {path for path in tmp_path.rglob("*") if "plumbline.db" not in path.name} == before


@pytest.mark.req("FILE-04")
@pytest.mark.parametrize("name", ["Résumé – v2 (final).md", "設計.md", "a b.MD", "kep-2000.markdown", "🧭.md"])
async def test_ordinary_names_are_taken(world, name):
    (item,) = (await bring(world, (name, GOOD))).items
    assert (item.outcome, item.file_name) == (Outcome.created, name)


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../evil.md", b"x" * 5_000_000)
    return out.getvalue()


DATA = {
    "zip": (archive(), "archive"),
    "gzip": (gzip.compress(b"# Text\n"), "archive"),
    "utf-16": ("# Text\n".encode("utf-16"), "UTF-16"),
    "utf-16-be": (codecs.BOM_UTF16_BE + "# Text\n".encode("utf-16-be"), "UTF-16"),
    "utf-32-be": (codecs.BOM_UTF32_BE + "# Text\n".encode("utf-32-be"), "UTF-32"),
    "latin-1": ("# Größe\n".encode("latin-1"), "byte 5"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    "nul": (b"# A\0B\n", "binary"),
    "surrogate": (b"# \xed\xa0\x80\n", "UTF-8"),
    "empty": (b"", "empty"),
    "blank": (b"\xef\xbb\xbf \r\n\t", "empty"),
    "20 MB": (b"# A\n" + b"word " * 4_000_000, "2,000,000"),
}


@pytest.mark.req("FILE-03")
@pytest.mark.parametrize("kind", DATA)
async def test_what_is_no_utf8_text_is_refused_with_the_reason(world, kind):
    data, reason = DATA[kind]
    (item,) = (await bring(world, ("a.md", data))).items
    assert item.outcome is Outcome.refused
    assert reason in item.message
    assert await rows("SELECT count(*) FROM revision") == [(0,)]


async def test_limits_of_an_import_as_a_whole(world):
    with pytest.raises(Invalid):
        await bring(world)
    with pytest.raises(PayloadTooLarge):
        await bring(world, *((f"{at}.md", b"# A\n") for at in range(101)))
    with pytest.raises(PayloadTooLarge):
        await bring(world, *((f"{at}.md", b"x" * 1_900_000) for at in range(14)))
    assert await rows("SELECT count(*) FROM import_batch") == [(0,)]


@pytest.mark.parametrize(
    ("choice", "outcome", "number", "revisions"),
    [(Choice.revise, "revised", "ENG-1", 2), (Choice.create, "created", "ENG-2", 2), (Choice.drop, "dropped", None, 1)],
)
async def test_the_same_title_from_the_same_file_is_a_question(world, choice, outcome, number, revisions):
    await bring(world, ("good.md", GOOD))
    report = await bring(world, ("good.md", GOOD + b"\nMore.\n"))
    (item,) = report.items
    assert (item.outcome, item.number, item.existing_number) == (Outcome.exists, None, "ENG-1")
    answer = ResolveImport(batch_id=report.id, item_id=item.id, choice=choice)
    resolved = await imports.resolve(world.actor("author"), answer)
    assert (resolved.outcome, resolved.number) == (outcome, number)
    assert await rows("SELECT count(*) FROM revision") == [(revisions,)]
    assert await rows("SELECT count(*) FROM import_item WHERE text IS NOT NULL") == [(0,)]
    assert (await imports.view(world.actor("author"), report.id)).items == (resolved,)
    with pytest.raises(Conflict):
        await imports.resolve(world.actor("author"), answer)


async def test_a_text_that_names_a_number_is_a_question(world):
    await bring(world, ("good.md", GOOD))
    (item,) = (await bring(world, ("other.md", b"---\nid: ENG-1\n---\n# Another title\n"))).items
    assert (item.outcome, item.existing_number) == (Outcome.exists, "ENG-1")


@pytest.mark.req("IDOR-02")
async def test_a_number_one_may_not_see_is_not_asked_about(world):
    await world.document("# Theirs\n", by="outsider")
    (item,) = (await bring(world, ("other.md", b"---\nid: OPS-1\n---\n# Another title\n"))).items
    assert (item.outcome, item.number) == (Outcome.created, "ENG-1")


@pytest.mark.req("AUTHZ-02", "IDOR-02")
async def test_who_may_import(world):
    for name in WRITERS:
        assert (await bring(world, (f"{name}.md", f"# {name}\n".encode()), by=name)).items[0].number
    for name in ("reviewer", "reader", "admin"):
        with pytest.raises(Forbidden):
            await bring(world, ("a.md", GOOD), by=name)
    with pytest.raises(NotFound):
        await bring(world, ("a.md", GOOD), by="outsider")


@pytest.mark.req("IDOR-01")
async def test_an_import_belongs_to_who_made_it(world):
    await bring(world, ("good.md", GOOD))
    report = await bring(world, ("good.md", GOOD + b"!"))
    answer = ResolveImport(batch_id=report.id, item_id=report.items[0].id, choice=Choice.drop)
    for name in ("maintainer", "outsider"):
        with pytest.raises(NotFound):
            await imports.view(world.actor(name), report.id)
        with pytest.raises(NotFound):
            await imports.resolve(world.actor(name), answer)


KEP = b"# KEP-7: Drain before stop\n\n## Summary\n\nNodes drain.\n"
FIELDS = (
    b"title: Drain\nkep-number: 7\nauthors:\n  - ana\nowning-sig: sig-node\nstatus: implementable\ntags: [a]\nx: y\n"
)


async def test_a_sidecar_is_folded_into_its_document_and_the_report_says_so(world):
    report = await bring(world, ("kep-7.kep.yaml", FIELDS), ("kep-7.md", KEP), ("other.md", b"# Other\n"))
    kep, other = report.items
    assert (kep.file_name, kep.outcome, kep.number) == ("kep-7.md", Outcome.created, "ENG-1")
    names = "title, kep-number, authors, owning-sig, status, tags and 1 more"
    assert kep.message == f"Imported as a new document. Its front matter has {names} from kep-7.kep.yaml."
    assert "kep" not in other.message
    stored = await documents.text(world.actor("reader"), "ENG-1")
    assert stored == f"---\n{FIELDS.decode()}---\n\n{KEP.decode()}"
    again = (await bring(world, ("README.md", KEP), ("kep.yaml", FIELDS), ("b.md", b"# B\n"))).items[0]
    assert again.message.endswith(f"Its front matter has {names} from kep.yaml.")
    (same,) = (await bring(world, ("kep-7.md", stored.encode()), ("kep.yaml", FIELDS))).items
    assert same.outcome is Outcome.exists
    assert "with this very text" in same.message
    assert same.message.endswith(" kep.yaml says nothing that is not in it.")


async def test_what_the_text_says_itself_stays(world):
    (item,) = (await bring(world, ("a.md", b"---\nstatus: Draft\n---\n# A\n"), ("kep.yaml", FIELDS))).items
    assert item.message.endswith("from kep.yaml. Its own status stayed.")
    assert "status: Draft" in await documents.text(world.actor("reader"), "ENG-1")


@pytest.mark.parametrize(
    ("sidecar", "why"),
    [(b"a: [", "it is no valid YAML"), (b"- a", "it is no list of"), (b"\xff", "This file is not UTF-8")],
)
async def test_a_sidecar_that_cannot_be_read_is_left_out(world, sidecar, why):
    (item,) = (await bring(world, ("a.md", GOOD), ("a.kep.yaml", sidecar))).items
    assert item.outcome is Outcome.created
    assert f" a.kep.yaml was left out: {why}" in item.message
    assert await documents.text(world.actor("reader"), "ENG-1") == GOOD.decode()


async def test_a_sidecar_alone_or_of_nobody_knows_what_is_no_document(world):
    (alone,) = (await bring(world, ("kep.yaml", FIELDS))).items
    assert alone.outcome is Outcome.refused
    assert "choose the Markdown file" in alone.message
    report = await bring(world, ("README.md", KEP), ("kep.yaml", FIELDS), ("README.md", GOOD), ("kep.yaml", FIELDS))
    assert [item.outcome for item in report.items] == ["created", "refused", "created", "refused"]


async def test_no_sidecar_says_more_than_a_report_can_hold(world):
    long = b"".join(b"%s%d: v\n" % (b"n" * 250, at) for at in range(30))
    (item,) = (await bring(world, ("a.md", GOOD), ("a.kep.yaml", long))).items
    assert item.outcome is Outcome.created
    assert len(item.message) < 500
