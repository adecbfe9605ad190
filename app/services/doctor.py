"""Whether what is stored agrees with itself: heads and revisions, numbers, digests. Reads only, changes nothing."""

from app.core import ids
from app.services.unit_of_work import Reading, reading
from models import Document, Revision


async def examine() -> list[str]:
    """A sentence per gap; empty when everything is whole. Looks at each document and file in a view of its own."""
    async with reading() as data:
        documents = await data.documents.all_ids()
    found = []
    for document_id in documents:
        async with reading() as data:
            found += await _document(data, document_id)
    return found + await _evidence()


async def _evidence() -> list[str]:
    async with reading() as data:
        files = await data.evidence.all_digests()
    found = []
    for file_id, key, digest in files:
        async with reading() as data:
            content = await data.evidence.content(file_id)
        if content is not None and ids.digest(content) != digest:
            found.append(f"Evidence {file_id} of space {key}: its file is not what was sent.")
    return found


async def _document(data: Reading, document_id: str) -> list[str]:
    document = await data.documents.get(document_id)
    if document is None:
        return []
    revisions = await data.revisions.of(document_id)
    problems = [*_head(document, list(revisions)), *_texts(list(revisions))]
    return [f"Document {document.number} of space {document.space_id} ({document.id}): {one}." for one in problems]


def _head(document: Document, revisions: list[Revision]) -> list[str]:
    numbers = [revision.number for revision in revisions]
    if not numbers:
        return ["it has no revision"]
    problems = []
    if numbers != list(range(1, len(numbers) + 1)):
        problems.append(f"its revisions are not numbered 1 to {len(numbers)}")
    if document.head_revision != numbers[-1]:
        problems.append(f"its head is revision {document.head_revision}, the newest is {numbers[-1]}")
    if document.head_id != revisions[-1].id:
        problems.append("its head does not point at the newest revision")
    return problems


def _texts(revisions: list[Revision]) -> list[str]:
    return [
        f"the text of revision {revision.number} is not what was saved"
        for revision in revisions
        if ids.digest(revision.text) != revision.text_digest or len(revision.text.encode()) != revision.size
    ]
