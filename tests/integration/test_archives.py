"""Zip archives as imports: what is in them comes in, and nothing hostile gets further than a line of the report."""

import io
import stat
import struct
import time
import tracemalloc
import zipfile

import pytest

from app.core.errors import PayloadTooLarge
from app.schemas.imports import ImportFile, ImportTexts, Outcome
from app.services import archives, imports
from tests.integration.api.site import on_sqlite
from tests.integration.world import rows

pytestmark = on_sqlite
TEXT = b"# Orders\n\nText.\n"


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return out.getvalue()


def named(path: str, mode: int = 0) -> zipfile.ZipInfo:
    """As a hostile program writes it: `ZipInfo` would tidy the name up."""
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = path
    info.external_attr = mode << 16
    return info


async def bring(world, data: bytes, name: str = "docs.zip"):
    command = ImportTexts(space_key="ENG", files=(ImportFile(name=name, data=data),))
    return (await imports.run(world.actor("author"), command)).items


async def test_the_texts_of_an_archive_come_in(world):
    data = packed(
        ("docs/", b""),
        ("docs/orders.md", TEXT),
        ("docs/deep/er/refunds.md", b"# Refunds\n"),
        ("docs/picture.png", b"\x89PNG\0"),
        ("__MACOSX/docs/._orders.md", b"\0"),
        ("docs/.DS_Store", b"\0"),
    )
    items = await bring(world, data)
    assert {(item.file_name, item.outcome, item.title) for item in items} == {
        ("orders.md", Outcome.created, "Orders"),
        ("refunds.md", Outcome.created, "Refunds"),
        ("picture.png", Outcome.refused, ""),
    }


async def test_a_sidecar_belongs_to_the_text_of_its_folder(world):
    folders = (("a", "first"), ("b", "second"))
    entries = [(f"{folder}/README.md", f"# KEP {title}\n".encode()) for folder, title in folders]
    entries += [(f"{folder}/kep.yaml", f"title: {title}\nstatus: provisional\n".encode()) for folder, title in folders]
    items = await bring(world, packed(*entries))
    assert [item.outcome for item in items] == [Outcome.created, Outcome.created]
    assert all("kep.yaml" in item.message for item in items)


PATHS = [
    "../evil.md",
    "a/../../evil.md",
    "/etc/evil.md",
    "..\\evil.md",
    "C:/evil.md",
    "C:\\evil.md",
    "a\\b.md",
    "\\\\h\\s.md",
]


@pytest.mark.req("FILE-03")
@pytest.mark.parametrize("path", PATHS)
async def test_an_entry_that_would_leave_the_folder_is_refused_and_the_others_come_in(world, path):
    items = await bring(world, packed((named(path), TEXT), ("good.md", b"# Good\n")))
    assert sorted(item.outcome for item in items) == [Outcome.created, Outcome.refused]
    assert "leads out of the archive" in next(item.message for item in items if item.outcome is Outcome.refused)


@pytest.mark.req("FILE-03")
async def test_links_and_encrypted_entries_are_refused(world):
    link = named("link.md", stat.S_IFLNK | 0o777)
    data = bytearray(packed((link, b"/etc/passwd"), ("locked.md", TEXT)))
    at = data.index(b"locked.md", data.index(b"PK\x01\x02")) - 46  # its entry in the directory
    data[at + 8] |= 1
    items = {item.file_name: item for item in await bring(world, bytes(data))}
    assert "link" in items["link.md"].message
    assert "encrypted" in items["locked.md"].message
    assert await rows("SELECT count(*) FROM document") == [(0,)]


@pytest.mark.req("FILE-03")
async def test_what_unpacks_to_too_much_is_judged_before_it_is_unpacked(world, monkeypatch):
    def unpack(*_):
        raise AssertionError("it was unpacked")

    monkeypatch.setattr(zipfile.ZipFile, "read", unpack)
    bomb = packed(*((f"{n}.md", b"\0" * 1_900_000) for n in range(40)))
    assert len(bomb) < 100_000
    tracemalloc.start()
    began = time.process_time()
    for data in (bomb, packed(*((f"{n}.md", TEXT) for n in range(101)))):
        with pytest.raises(PayloadTooLarge) as refused:
            await bring(world, data)
        assert refused.value.details["limit"] == 100
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (peak < 20_000_000, time.process_time() - began < 10) == (True, True)
    assert await rows("SELECT count(*) FROM import_batch") == [(0,)]


@pytest.mark.req("FILE-03")
async def test_an_archive_that_lies_about_a_size_gives_no_more_than_it_says(world):
    data = bytearray(packed(("long.md", b"# Long\n" + b"x" * 100_000)))
    at = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    (item,) = await bring(world, bytes(data))
    assert (item.outcome, "damaged" in item.message) == (Outcome.refused, True)


@pytest.mark.req("FILE-03")
@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"no archive at all", packed(("a.md", TEXT))[:-30], b"PK\x05\x06" + b"\xff" * 18, packed()],
)
async def test_what_is_no_archive_is_a_line_of_the_report(world, data):
    (item,) = await bring(world, data)
    assert (item.outcome, item.file_name) == (Outcome.refused, "docs.zip")


@pytest.mark.req("FILE-03")
async def test_an_archive_inside_another_stays_closed(world):
    (item,) = await bring(world, packed(("inner.zip", packed(("a.md", TEXT)))))
    assert (item.outcome, "unpack it" in item.message) == (Outcome.refused, True)


async def test_files_beside_an_archive_count_with_what_is_in_it(database):
    loose = tuple(ImportFile(name=f"{n}.md", data=TEXT) for n in range(3))
    inside = ImportFile(name="docs.ZIP", data=packed(("a.md", TEXT), ("b.md", TEXT)))
    found = archives.entries((*loose, inside), archives.Limits(5, 1_000))
    assert [entry.file.name for entry in found] == ["0.md", "1.md", "2.md", "a.md", "b.md"]
    for limits in (archives.Limits(4, 1_000), archives.Limits(5, 5 * len(TEXT) - 1)):
        with pytest.raises(PayloadTooLarge):
            archives.entries((*loose, inside), limits)
