"""Taking a text in that was made from an older revision: by section, with what others saved since.

Nothing is lost: what contradicts is not decided here but told, both sides and what they come from.
"""

from typing import Any

from app.core.errors import AppError
from app.domain.merge.chunks import Conflict
from app.domain.merge.three_way import Merge
from app.domain.permissions import Permission
from app.schemas.identity import Actor
from app.schemas.revisions import MergeRevision, RevisionView, SaveRevision
from app.services import authorize, documents, once, rendering, revisions, texts
from app.services.unit_of_work import reading

_TRIES = 5


async def save(actor: Actor, command: MergeRevision, key: str = "") -> RevisionView:
    """The newest text with the changes that led from the base to the given one, as the next revision.

    Raises MERGE_CONFLICT with the contradicting passages, and what `revisions.save` raises; then nothing is stored.
    """
    text = texts.accept(command.text)
    for _ in range(_TRIES):
        head, base, current = await _sides(actor, command)
        answered = await once.recall(actor, key, command)
        if answered is not None:
            return RevisionView.model_validate(answered)
        merged = await rendering.merged(base, current, text)
        if merged.text is None:
            raise _contradiction(merged, command.base, head)
        wanted = SaveRevision(number=command.number, base=head, text=merged.text, message=command.message)
        try:
            return await revisions.save(actor, wanted, key, asked=command)
        except AppError as error:
            if error.code != "REVISION_CONFLICT":
                raise
    raise AppError("Others save faster than this can be merged. Try again in a moment.", code="UNAVAILABLE")


async def _sides(actor: Actor, command: MergeRevision) -> tuple[int, str, str]:
    """The newest revision's number, the text of the base, and the newest text."""
    async with reading() as data:
        seen = await documents.find(data, actor, command.number, Permission.revision_save)
        head = seen.document.head_revision
        base = await data.revisions.text(seen.document.id, command.base) if 0 < command.base <= head else None
        current = await data.revisions.text(seen.document.id, head)
    if base is None or current is None:
        raise authorize.absent("revision")
    return head, base, current


def _contradiction(merged: Merge, base: int, head: int) -> AppError:
    count = len(merged.conflicts)
    places = "1 place" if count == 1 else f"{count} places"
    details = {
        "base": base,
        "current_revision": head,
        "conflicts": [_plain(conflict) for conflict in merged.conflicts],
        "text": merged.with_markers(f"revision {head}", "yours", f"revision {base}"),
    }
    return AppError(
        f"Your text and revision {head} contradict each other in {places}: nothing was saved. Decide, and save again.",
        code="MERGE_CONFLICT",
        details=details,
    )


def _plain(conflict: Conflict) -> dict[str, Any]:
    """`lines` are where the passage begins in each text, from 1."""
    names = ("base", "current", "yours")
    passages = ("".join(lines) for lines in (conflict.base, conflict.ours, conflict.theirs))
    lines = {name: at + 1 for name, at in zip(names, conflict.at, strict=True)}
    return {"section": conflict.section, **dict(zip(names, passages, strict=True)), "lines": lines}
