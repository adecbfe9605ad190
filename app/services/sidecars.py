"""Which of the files of an import is the sidecar of which, and texts with the fields of theirs. No database here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import AppError, Invalid
from app.domain.parse.front_matter import BadYaml
from app.domain.parse.sidecar import fold, is_sidecar, sidecar_of
from app.schemas.imports import ImportFile
from app.services import file_names, texts

_NAMED = 6
_LONGEST_NAME, _LONGEST = 30, 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the report: a file, and the sidecar that belongs to it, or what was wrong before it could be read."""

    file: ImportFile
    sidecar: ImportFile | None = None
    problem: AppError | None = None


def paired(files: Sequence[ImportFile]) -> tuple[Entry, ...]:
    """In the order of the files. A sidecar stands for itself only when no text of the import is its own; of several
    files with one name none can be told apart.
    """
    count = Counter(file.name for file in files)
    single = {file.name: file for file in files if count[file.name] == 1}
    found = {name: sidecar_of(name, list(count)) for name in single if not is_sidecar(name)}
    owned = {name: single[sidecar] for name, sidecar in found.items() if sidecar in single}
    used = {sidecar.name for sidecar in owned.values()}
    return tuple(Entry(file, owned.get(file.name)) for file in files if file.name not in used)


def folded(text: str, sidecar: ImportFile | None) -> tuple[str, str]:
    """The text to store, and what is said of its sidecar. One that cannot be read leaves the text as it is."""
    if sidecar is None:
        return text, ""
    name = file_names.shown(sidecar.name)
    try:
        made = fold(text, texts.decode(sidecar.data))
        texts.accept(made.text)
    except BadYaml as error:
        return text, _short(f" {name} was left out: it {error}.")
    except AppError as error:
        return text, _short(f" {name} was left out: {error.message}")
    if not made.taken:
        return text, _short(f" {name} says nothing that is not in it.")
    kept = f" Its own {_names(made.known)} stayed." if made.known else ""
    return made.text, _short(f" Its front matter has {_names(made.taken)} from {name}.{kept}")


def refuse_alone(name: str) -> None:
    if is_sidecar(name):
        raise Invalid(
            "This holds the fields of a document: choose the Markdown file that it belongs to as well, and no other "
            "file of these names.",
            details={"field": "files"},
        )


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(file_names.shown(name)[:_LONGEST_NAME] for name in names[:_NAMED]) + more


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1] + "…"
