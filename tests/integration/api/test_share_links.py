"""A share link in a browser that is not signed in: from its address to the page, the content and the events."""

import pytest

from app.core import ids
from app.gateway.socket import LINKS_HEADER
from app.schemas.sharing import MakeLink
from app.services import sharing
from state.document import DocumentState
from tests.integration.api.handling import Window
from tests.integration.api.site import ADDRESS, on_sqlite

LOAD = f"{DocumentState.get_full_name()}.load"


@pytest.fixture
async def shared(world):
    """A document with an earlier text, and the secret of a link to it."""
    number = await world.document("# Shared\n\nEarlier words.\n")
    await world.save(number, 1, "# Shared\n\nNewest words.\n")
    made = await sharing.make_link(world.actor("author"), number, MakeLink())
    return number, made.url.rpartition("/")[2], made.link.id


async def follow(client, secret):
    answer = await client.get(f"/auth/share/{secret}")
    cookie = answer.headers.get("set-cookie", "").partition(";")[0]
    return answer, cookie


@pytest.mark.req("AUTHZ-02")
async def test_it_shows_the_newest_text_and_nothing_else(browser, world, shared):
    number, secret, link = shared
    other = await world.document("# Another\n")
    async with browser() as client:
        answer, cookie = await follow(client, secret)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/d/{number}")
        assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in answer.headers["set-cookie"].split(";")}
        client.headers["cookie"] = cookie
        page = await client.get(f"/d/{number}")
        assert page.status_code == 200
        assert "Newest words." in page.text
        head = (await client.get(f"/api/v1/documents/{number}")).json()
        assert (await client.get(f"/content/{head['content_digest']}")).status_code == 200
        for path in (f"/api/v1/documents/{other}", f"/api/v1/documents/{number}/revisions", "/api/v1/documents",
                     f"/api/v1/documents/{number}/text?revision=1", f"/api/v1/documents/{number}/compare/1/2",
                     "/api/v1/spaces/ENG"):  # fmt: skip
            assert (await client.get(path)).status_code == 401, path
        answer = await client.post(f"/api/v1/documents/{number}/merge", json={"base": 2, "text": "# Mine\n"})
        assert answer.status_code == 401
        await sharing.revoke_link(world.actor("author"), number, link)
        assert (await client.get(f"/d/{number}")).status_code == 303
        assert (await follow(client, secret))[0].headers["location"] == "/link-ended"


@on_sqlite
async def test_a_browser_keeps_the_links_it_came_by_and_a_person_has_theirs_besides(browser, world, shared):
    number, secret, _ = shared
    second = await world.document("# Second\n")
    made = await sharing.make_link(world.actor("author"), second, MakeLink())
    async with browser("outsider") as client:
        session = client.headers["cookie"]
        _, cookie = await follow(client, secret)
        client.headers["cookie"] = f"{session}; {cookie}"
        _, cookie = await follow(client, made.url.rpartition("/")[2])
        client.headers["cookie"] = f"{session}; {cookie}"
        for one in (number, second):
            assert (await client.get(f"/api/v1/documents/{one}")).status_code == 200
        answer = await client.get(f"/api/v1/documents/{number}/revisions")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")
        assert "links" not in (await client.get("/api/v1/me")).json()


@on_sqlite
@pytest.mark.req("SESS-07")
@pytest.mark.parametrize("cookie", ["x", "A" * 43, ".".join(["A" * 43] * 50), "..", "é", "A" * 43 + "."])
async def test_odd_cookies_open_nothing(site, shared, cookie):
    number, secret, _ = shared
    sent = f"plumbline-links={cookie}".encode().decode("latin-1")
    answer = await site.send("GET", f"/api/v1/documents/{number}", headers=[("cookie", sent)], query=f"link={secret}")
    assert answer.status == 401


@on_sqlite
async def test_the_socket_knows_links_by_their_digests_and_events_see_through_them(site, world, shared):
    number, secret, link = shared
    sent = [("origin", ADDRESS), ("cookie", f"plumbline-links={secret}"), (LINKS_HEADER.decode(), "f" * 64)]
    await site.socket(headers=sent)
    kept = dict(site.reflex.scopes[-1]["headers"])
    assert kept[LINKS_HEADER].decode() == ids.digest(secret)
    assert secret not in str(site.reflex.scopes[-1])
    window = Window("", "/d/[number]", number=number)
    assert (await window.send(LOAD)).word == "UNAUTHENTICATED"
    window.router_data["headers"][LINKS_HEADER.decode()] = ids.digest(secret)
    outcome = await window.send(LOAD)
    assert outcome.word == "runs"
    await sharing.revoke_link(world.actor("author"), number, link)
    assert (await window.send(LOAD)).word == "UNAUTHENTICATED"
