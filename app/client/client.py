"""One server, as one person or program sees it. Nothing is kept between calls but the connection."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx2

from app.client.failures import Unreachable, refusal
from app.core import ids
from app.schemas.base import View
from app.schemas.documents import CreateDocument, DocumentPage, DocumentRow, DocumentView, FindDocuments
from app.schemas.factors import SecondStep
from app.schemas.identity import Actor, MakePersonalToken, NewPersonalToken, SignIn, TokenPair
from app.schemas.revisions import HistoryPage, RevisionView
from app.schemas.spaces import SpaceView
from app.schemas.understanding import FindingsView

SECONDS = 30.0
Shown = TypeVar("Shown", bound=View)


@dataclass(frozen=True)
class Text:
    """A text exactly as it was saved, and the revision that it is."""

    text: str
    revision: int


class Client:
    """`address` is where people open the site; `token` is a personal token or an access token.

    What makes something is asked for under a key of its own, so that an answer that was lost on the way is asked for
    again and nothing is made twice. Fields that a newer server sends are ignored.
    """

    def __init__(self, address: str, token: str = "", transport: httpx2.BaseTransport | None = None) -> None:
        headers = {"user-agent": f"plumbline/{version('plumbline')}", "accept": "application/json, text/*"}
        headers |= {"authorization": f"Bearer {token}"} if token else {}
        self.address = address.rstrip("/")
        self._http = httpx2.Client(
            base_url=f"{self.address}/api/v1/", headers=headers, timeout=SECONDS, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def sign_in(self, command: SignIn) -> TokenPair:
        """Raises `SecondStepNeeded` where a code is asked for besides the password."""
        body = {"email": command.email, "password": command.password.get_secret_value()}
        return self._shown(TokenPair, "POST", "auth/login", json=body)

    def second_step(self, command: SecondStep) -> TokenPair:
        body = {"ticket": command.ticket.get_secret_value(), "code": command.code.get_secret_value()}
        return self._shown(TokenPair, "POST", "auth/second-factor", json=body)

    def sign_out(self) -> None:
        """Ends the session of an access token; a personal token has none."""
        self._asked("POST", "auth/logout")

    def me(self) -> Actor:
        return self._shown(Actor, "GET", "me")

    def make_token(self, command: MakePersonalToken) -> NewPersonalToken:
        return self._shown(NewPersonalToken, "POST", "me/tokens", json=command.model_dump(mode="json"))

    def spaces(self) -> tuple[SpaceView, ...]:
        found = self._asked("GET", "spaces").json()
        return tuple(SpaceView.model_validate(one, extra="ignore") for one in found)

    def documents(self, query: FindDocuments) -> DocumentPage:
        asked = query.model_dump(mode="json", exclude_defaults=True)
        return self._shown(DocumentPage, "GET", "documents", params=asked)

    def all_documents(self, query: FindDocuments) -> Iterator[DocumentRow]:
        """Page after page, as they are needed."""
        page = self.documents(query)
        yield from page.items
        while page.next_cursor:
            page = self.documents(query.model_copy(update={"after": page.next_cursor}))
            yield from page.items

    def document(self, number: str) -> DocumentView:
        return self._shown(DocumentView, "GET", _at(number))

    def history(self, number: str, after: str = "") -> HistoryPage:
        return self._shown(HistoryPage, "GET", _at(number, "revisions"), params={"after": after})

    def text(self, number: str, revision: int | None = None) -> Text:
        """The newest unless another revision is asked for."""
        answer = self._asked("GET", _at(number, "text"), params=_of(revision))
        return Text(answer.content.decode("utf-8"), int(answer.headers["etag"].strip('W/"')))

    def findings(self, number: str, revision: int | None = None) -> FindingsView:
        return self._shown(FindingsView, "GET", _at(number, "findings"), params=_of(revision))

    def create(self, command: CreateDocument) -> DocumentView:
        return self._shown(DocumentView, "POST", "documents", json=command.model_dump(mode="json"), headers=_once())

    def save(self, number: str, text: str, base: int, message: str = "") -> RevisionView:
        """Raises `Stale` when `base` is not the newest revision any more."""
        headers = {"if-match": f'"{base}"', "content-type": "text/markdown", **_once()}
        sent = {"content": text.encode("utf-8"), "params": {"message": message}}
        return self._shown(RevisionView, "PUT", _at(number, "text"), headers=headers, **sent)

    def merge(self, number: str, text: str, base: int, message: str = "") -> RevisionView:
        """What led from `base` to `text`, on top of the newest revision. Raises `Contradicts`, having saved nothing."""
        body = {"base": base, "text": text, "message": message}
        return self._shown(RevisionView, "POST", _at(number, "merge"), json=body, headers=_once())

    def _shown(self, kind: type[Shown], method: str, path: str, **sent: Any) -> Shown:
        answer = self._asked(method, path, **sent)
        try:
            return kind.model_validate_json(answer.content, extra="ignore")
        except ValueError as error:
            raise Unreachable("This server answers in a way that this client does not understand.") from error

    def _asked(self, method: str, path: str, **sent: Any) -> httpx2.Response:
        try:
            answer = self._twice(method, path, sent)
        except httpx2.TimeoutException:
            raise Unreachable(f"{self.address} took longer than {SECONDS:.0f} seconds.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise Unreachable(f"{self.address} cannot be reached ({type(error).__name__}).") from error
        if answer.status_code >= 300:
            raise refusal(answer)
        return answer

    def _twice(self, method: str, path: str, sent: dict[str, Any]) -> httpx2.Response:
        """Again where the connection broke and asking again does no harm."""
        try:
            return self._http.request(method, path, **sent)
        except (httpx2.NetworkError, httpx2.RemoteProtocolError):
            if method != "GET" and "idempotency-key" not in sent.get("headers", {}):
                raise
            return self._http.request(method, path, **sent)


def _at(number: str, *parts: str) -> str:
    return "/".join(["documents", quote(number, safe=""), *parts])


def _of(revision: int | None) -> dict[str, int]:
    return {} if revision is None else {"revision": revision}


def _once() -> dict[str, str]:
    return {"idempotency-key": ids.new_id()}
