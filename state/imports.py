"""What became of the texts somebody brought in."""

import reflex as rx

from app.core.errors import Invalid, NotFound
from app.gateway.context import actor
from app.schemas.imports import Choice, ImportItemView, ResolveImport
from app.services import imports, spaces


class ImportState(rx.State):
    """The report named in the address (`?report=`); without one the page is a form."""

    items: list[dict[str, str]] = []
    sections: dict[str, list[dict[str, str]]] = {}
    spaces: list[dict[str, str]] = []
    report: str = ""

    @rx.event
    async def load(self) -> None:
        self.report = str(self.router.url.query_parameters.get("report", ""))
        self.items = []
        if not self.report:
            writable = [space for space in await spaces.list_for(actor()) if space.can_write]
            self.spaces = [{"key": space.key, "name": f"{space.name} ({space.key})"} for space in writable]
            return
        try:
            view = await imports.view(actor(), self.report)
        except NotFound:
            self.report = ""
            return
        self.items = [_item(item) for item in view.items]
        self.sections = {item.id: _sections(item) for item in view.items}

    @rx.event
    async def resolve(self, item_id: str, choice: str) -> None:
        try:
            command = ResolveImport(batch_id=self.report, item_id=item_id, choice=Choice(choice))
        except ValueError:
            raise Invalid("This is no answer to the question: load the page again.") from None
        await imports.resolve(actor(), command)
        await self.load()


_TONE = {"created": "ok", "revised": "ok", "exists": "warn", "refused": "bad", "dropped": "unknown"}
_LABEL = {
    "created": "New document",
    "revised": "New revision",
    "exists": "Exists",
    "refused": "Refused",
    "dropped": "Left out",
}


def _item(item: ImportItemView) -> dict[str, str]:
    return {
        "id": item.id,
        "file": item.file_name,
        "title": item.title or item.file_name,
        "outcome": item.outcome,
        "label": _LABEL[item.outcome],
        "tone": _TONE[item.outcome],
        "message": item.message,
        "number": item.number or "",
        "existing": item.existing_number or "",
    }


def _sections(item: ImportItemView) -> list[dict[str, str]]:
    return [
        {
            "title": section.title,
            "level": str(section.level),
            "verdict": section.verdict,
            "words": ", ".join(section.understood) or section.note,
            "role": section.role,
        }
        for section in item.sections
    ]
