"""Bringing texts in: files, a pasted text, the same once more, and what cannot be taken."""

import zipfile
from io import BytesIO
from pathlib import Path

import httpx2
import pytest
from playwright.async_api import Page, expect

from tests import corpus
from tests.e2e.client import text_of
from tests.e2e.pages.document import Document, History
from tests.e2e.pages.importing import Import, file
from tests.e2e.texts import design

PREFERRED = ("sdd-library-api.md", "kep-2000-graceful-node-shutdown.md")


def two_documents() -> list[Path]:
    """The two of the collection that say most, else the first two there are."""
    found = corpus.documents()
    wanted = [path for path in found if path.name in PREFERRED]
    return (wanted if len(wanted) == len(PREFERRED) else found)[:2]


def zipped(text: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.md", text)
    return packed.getvalue()


async def test_files_become_documents_with_a_report_each(page: Page, api: httpx2.AsyncClient):
    screen, files = await Import(page).open(), two_documents()
    await screen.choose(files)
    await expect(screen.report).to_be_visible()
    for path in files:
        item = screen.item(path.name)
        await expect(item).to_contain_text("New document")
        await item.get_by_text("What was understood").click()
        await expect(item.get_by_role("listitem").first).to_be_visible()
    await page.reload()
    link = screen.item(files[0].name).get_by_role("link")
    address = await link.get_attribute("href")
    await link.click()
    document = Document(page)
    await expect(document.article.get_by_role("heading").first).to_be_visible()
    await expect(document.facts).to_contain_text("revision 1")
    assert await text_of(api, address.removeprefix("/d/")) == files[0].read_bytes().decode()


async def test_a_pasted_text_becomes_a_document(page: Page):
    screen = await Import(page).open()
    await screen.paste("# Pasted plan\n\nText from elsewhere.\n")
    await screen.report.get_by_role("link", name="Pasted plan").click()
    await expect(Document(page).text("Text from elsewhere.")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("Save as a new revision of it", "New revision"),
        ("Make a new document", "New document"),
        ("Leave it out", "Left out"),
    ],
)
async def test_a_text_that_is_there_already_asks(page: Page, answer: str, outcome: str):
    first, second = design(f"Twice {answer}"), design(f"Twice {answer}") + "\nMore.\n"
    screen = await Import(page).open()
    await screen.choose([file("twice.md", first.encode())])
    old = await screen.item("twice.md").get_by_role("link").get_attribute("href")
    await screen.open()
    await screen.choose([file("twice.md", second.encode())])
    item = screen.item("twice.md")
    await expect(item).to_contain_text("has this title")
    await screen.answer("twice.md", answer)
    await expect(item).to_contain_text(outcome)
    await expect(item.get_by_role("button", name=answer)).to_have_count(0)

    history = await History(page).show(old.removeprefix("/d/"))
    await expect(history.revisions).to_have_count(2 if outcome == "New revision" else 1)


@pytest.mark.req("FILE-03", "FILE-04")
async def test_what_is_wrong_with_one_file_stops_no_other(page: Page, api: httpx2.AsyncClient):
    """Each gets a sentence of its own; the good one beside them is stored."""
    bad = {
        "wide.md": ("# Wide\n".encode("utf-16"), "UTF-16"),
        "picture.md": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary file"),
        "zero.md": (b"# Nul\n\na\0b\n", "binary file"),
        "latin.md": ("# Übergröße\n".encode("latin-1"), "not UTF-8"),
        "setup.exe": (b"# Text all the same\n", "Only Markdown files"),
        "up..md": (b"# Path\n", "looks like a path"),
        "broken.zip": (b"PK\x03\x04 and no more", "no zip archive"),
        "packed.tgz": (b"\x1f\x8b", "only a zip is taken"),
        "packed.md": (zipped("# Inner\n"), "This is an archive"),
        "long.md": (b"# Long\n" + b"x" * 2_000_000, "at most 2,000,000"),
        "blank.md": (b" \n\n", "The text is empty"),
    }
    files = [file(name, data) for name, (data, _) in bad.items()]
    before = (await api.get("/api/v1/documents")).json()["total"]
    screen = await Import(page).open()
    await screen.choose([*files, file("good-among-bad.md", b"# Good among bad\n\nText.\n")])
    await expect(screen.item("good-among-bad.md")).to_contain_text("New document")
    for name, (_, sentence) in bad.items():
        await expect(screen.item(name)).to_contain_text("Refused")
        await expect(screen.item(name)).to_contain_text(sentence)
    assert (await api.get("/api/v1/documents")).json()["total"] == before + 1


@pytest.mark.req("ERR-06")
async def test_too_much_at_once_is_refused_in_the_form(page: Page, visitors, tmp_path: Path):
    large = tmp_path / "large.md"
    large.write_bytes(b"x" * 26_000_000)
    visitors.watch.expect("status of 413")
    screen = await Import(page).open()
    await screen.choose([large])
    await expect(screen.problem).to_contain_text("larger than")
    await expect(screen.submit).to_be_enabled()
    await screen.pasted.fill("# After a refusal\n\nText.\n")
    await screen.files.set_input_files([])
    await screen.submit.click()
    await expect(screen.report.get_by_role("link", name="After a refusal")).to_be_visible()


async def test_nothing_chosen_is_said(page: Page, visitors):
    visitors.watch.expect("status of 422")
    screen = await Import(page).open()
    await expect(screen.space).not_to_have_value("")
    await screen.submit.click()
    await expect(screen.problem).to_be_visible()
