"""Zip archives among imported files: judged by what they declare, before anything of them is unpacked.

An archive that holds too much is refused as a whole. A name in it is a label like that of any other file: an entry that
would leave its folder, a link or an encrypted entry is a line of the report and nothing else.
"""

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from app.core.errors import AppError, Invalid, PayloadTooLarge, UnsupportedMediaType
from app.schemas.imports import ImportFile
from app.services import sidecars, texts
from app.services.sidecars import Entry

_LEFT_OUT = ("__MACOSX/", ".git/")
_KNOWN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_LINKS = 0xA000


@dataclass(frozen=True, slots=True)
class Limits:
    """Of everything together: how many files, and how many bytes once they are unpacked."""

    files: int
    size: int


def entries(files: Sequence[ImportFile], limits: Limits) -> tuple[Entry, ...]:
    """What is to be imported, archives opened; sidecars are found in the folder of their text. Raises
    `PayloadTooLarge` when all of it together is too much.
    """
    loose = [file for file in files if not _is_zip(file)]
    found = [*sidecars.paired(loose)]
    for archive in (file for file in files if _is_zip(file)):
        try:
            found += _opened(archive, Limits(limits.files - len(found), limits.size))
        except (Invalid, UnsupportedMediaType) as problem:
            found.append(Entry(archive, problem=problem))
    if len(found) > limits.files or sum(len(entry.file.data) for entry in found) > limits.size:
        raise too_much(limits)
    return tuple(found)


def too_much(limits: Limits) -> PayloadTooLarge:
    return PayloadTooLarge(
        f"At most {limits.files} files and {limits.size:,} bytes at once, unpacked: import them in parts.",
        details={"limit": limits.files, "limit_bytes": limits.size},
    )


def _is_zip(file: ImportFile) -> bool:
    return file.name.lower().endswith(".zip")


def _opened(file: ImportFile, limits: Limits) -> Iterator[Entry]:
    try:
        archive = zipfile.ZipFile(BytesIO(file.data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        raise UnsupportedMediaType("This is no zip archive that can be read: pack it again.") from None
    with archive:
        inside = [info for info in archive.infolist() if not _is_left_out(info)]
        if len(inside) > limits.files or sum(info.file_size for info in inside) > limits.size:
            raise too_much(limits)
        if not inside:
            raise Invalid("There is nothing in this archive.", details={"field": "files"})
        folders: dict[str, list[zipfile.ZipInfo]] = {}
        for info in inside:
            folders.setdefault(info.orig_filename.rpartition("/")[0], []).append(info)
        for infos in folders.values():
            yield from _of_folder(archive, infos)


def _of_folder(archive: zipfile.ZipFile, infos: Sequence[zipfile.ZipInfo]) -> Iterator[Entry]:
    sound: list[ImportFile] = []
    for info in infos:
        try:
            sound.append(ImportFile(name=_name(info), data=_data(archive, info)))
        except AppError as problem:
            yield Entry(ImportFile(name=info.orig_filename[:400], data=b""), problem=problem)
    yield from sidecars.paired(sound)


def _is_left_out(info: zipfile.ZipInfo) -> bool:
    """Folders, and what programs put beside somebody's files."""
    name = info.orig_filename
    hidden = name.rpartition("/")[2].startswith(".") and not name.rpartition("/")[2].startswith("..")
    return name.endswith("/") or name.startswith(_LEFT_OUT) or hidden


def _name(info: zipfile.ZipInfo) -> str:
    """Without its folders. Raises `Invalid` for a path that leads out of where it would be unpacked."""
    path = info.orig_filename
    parts = path.split("/")
    if path.startswith("/") or ".." in parts or "\\" in path or "\0" in path or ":" in parts[0]:
        raise Invalid("The file name leads out of the archive: rename the file and pack it again.")
    return parts[-1]


def _data(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """No more than is declared, and that was judged already. Raises what is wrong with the entry."""
    if stat.S_IFMT(info.external_attr >> 16) == _LINKS:
        raise Invalid("This is a link and no file: pack the file itself.")
    if info.flag_bits & 0x1 or info.compress_type not in _KNOWN:
        raise UnsupportedMediaType("This file is encrypted or packed in an unusual way: pack it as a plain zip.")
    if info.file_size > texts.MAX_BYTES:
        raise PayloadTooLarge(
            f"The text has {info.file_size:,} bytes; a document has at most {texts.MAX_BYTES:,}: split it.",
            details={"limit": texts.MAX_BYTES},
        )
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        raise UnsupportedMediaType("This file is damaged in the archive: pack it again.") from None
