"""Parameters that several operations take, each with the words of the manual."""

from typing import Annotated

from fastapi import Header, Path, Query

Number = Annotated[str, Path(max_length=30, description="`KEY-n`, such as `ENG-7`", examples=["ENG-7"])]
Key = Annotated[str, Path(max_length=20, description="The `KEY` of `KEY-n`", examples=["ENG"])]
_ID = r"^[0-9a-f]{32}$"
UserId = Annotated[str, Path(pattern=_ID, description="A person's id")]
JobId = Annotated[str, Path(pattern=_ID, description="The id of side work")]
MailId = Annotated[str, Path(pattern=_ID, description="A mail's id")]
SessionId = Annotated[str, Path(pattern=_ID, description="A session's id")]
GroupId = Annotated[str, Path(pattern=_ID, description="A group's id")]
TokenId = Annotated[str, Path(pattern=_ID, description="A personal token's id")]
PasskeyId = Annotated[str, Path(pattern=_ID, description="A passkey's id")]
IdentityId = Annotated[str, Path(pattern=_ID, description="The id of a linked identity")]
InvitationId = Annotated[str, Path(pattern=_ID, description="An invitation's id")]
BatchId = Annotated[str, Path(pattern=_ID, description="An import's id")]
RoleId = Annotated[str, Path(pattern=_ID, description="A custom role's id")]
EvidenceId = Annotated[str, Path(pattern=_ID, description="The id of a file of evidence")]
LinkId = Annotated[str, Path(pattern=_ID, description="A link's id")]
Revision = Annotated[int, Path(ge=1, lt=2**31, description="A revision's number")]
OfRevision = Annotated[int | None, Query(ge=1, lt=2**31, description="A revision's number; without it the newest")]
Cursor = Annotated[str, Query(max_length=400, description="`next_cursor` of the page before")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many rows a page has at most")]
IfMatch = Annotated[str, Header(max_length=100, description='The `ETag` that the change was made from, such as `"3"`')]
IdempotencyKey = Annotated[
    str, Header(max_length=400, description="Of requests with one key, in 24 hours, one is done and all get its answer")
]
