"""The client and the commands over it, against the whole product: from signing in to a merge."""

import asyncio
import json
import stat
from functools import partial
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from app.cli import app
from app.client import Absent, Client, Contradicts, Refused, Stale, Unknown, Unreachable, client
from app.commands import connection, login
from app.schemas.documents import CreateDocument, FindDocuments
from app.schemas.identity import SignIn
from tests.integration.api import programs
from tests.integration.api.site import ADDRESS, on_sqlite

pytestmark = on_sqlite
BASE = "# Orders\n\n## Targets\n\nUnder 200 ms.\n\n## Risks\n\nNone known.\n"
MINE = BASE.replace("None known.", "The disk.")


class Bridge(httpx2.BaseTransport):
    """Answers a synchronous client out of the site, whose database lives in the loop of the test."""

    def __init__(self, site, loop) -> None:
        self.transport, self.loop = httpx2.ASGITransport(app=site.app, client=("127.0.0.1", 50_000)), loop
        self.broken = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = asyncio.run_coroutine_threadsafe(self._answer(request), self.loop).result()
        if self.broken and request.method != "GET":
            self.broken -= 1
            raise httpx2.RemoteProtocolError("the connection broke before the answer came")
        return answer

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        sent = httpx2.Request(request.method, request.url, headers=request.headers, content=request.read())
        answer = await self.transport.handle_async_request(sent)
        headers = [(name, value) for name, value in answer.headers.items() if name != "content-encoding"]
        return httpx2.Response(answer.status_code, headers=headers, content=await answer.aread())


def put(name: str, text: str) -> None:
    Path(name).write_bytes(text.encode())


def got(name: str) -> str:
    return Path(name).read_bytes().decode()


@pytest.fixture
async def bridge(site, passwords, monkeypatch):
    made = Bridge(site, asyncio.get_running_loop())
    monkeypatch.setattr(client, "Client", partial(Client, transport=made))
    for module in (connection, login):
        monkeypatch.setattr(module, "Client", partial(Client, transport=made))
    return made


@pytest.fixture
def author(bridge, program):
    """Runs a function of a signed-in client beside the loop."""

    async def run(function, *arguments):
        made, _ = await programs.personal(program, scopes=["documents:read", "documents:write"])
        with Client(ADDRESS, made["secret"], transport=bridge) as signed_in:
            return await asyncio.to_thread(function, signed_in, *arguments)

    return run


async def test_a_document_from_its_beginning_to_a_merge(author, world):
    def story(api: Client) -> None:
        made = api.create(CreateDocument(space="ENG", text=BASE, message="First"))
        assert (made.number, made.revision, made.title) == ("ENG-1", 1, "Orders")
        assert api.save("ENG-1", BASE.replace("200", "150"), base=1).number == 2
        with pytest.raises(Stale) as stale:
            api.save("ENG-1", MINE, base=1)
        assert (stale.value.current, stale.value.status) == (2, 412)
        assert api.merge("ENG-1", MINE, base=1, message="Merged").number == 3
        text = api.text("ENG-1")
        assert (text.text, text.revision) == (MINE.replace("200", "150"), 3)
        assert api.text("ENG-1", revision=1).text == BASE
        with pytest.raises(Contradicts) as conflict:
            api.merge("ENG-1", BASE.replace("200", "100"), base=1)
        assert "<<<<<<< revision 3" in conflict.value.text
        assert [one.message for one in api.history("ENG-1").items] == ["Merged", "", "First"]
        assert api.findings("ENG-1").health in {"clean", "warnings", "errors"}
        assert api.document("ENG-1").revision == 3
        assert api.me().name == "Author Person"
        assert "ENG" in {space.key for space in api.spaces()}

    await author(story)


async def test_a_lost_answer_is_asked_for_again_and_nothing_is_made_twice(author, bridge, world):
    def story(api: Client) -> None:
        bridge.broken = 1
        assert api.create(CreateDocument(space="ENG", text=BASE)).number == "ENG-1"
        bridge.broken = 1
        assert api.save("ENG-1", MINE, base=1).number == 2
        bridge.broken = 2
        with pytest.raises(Unreachable):
            api.save("ENG-1", BASE, base=2)
        assert [row.number for row in api.all_documents(FindDocuments())] == ["ENG-1"]

    await author(story)


async def test_all_documents_are_read_page_by_page(author, world):
    numbers = [await world.document(f"# Number {n}\n\nText.\n") for n in range(5)]
    found = await author(lambda api: [row.number for row in api.all_documents(FindDocuments(limit=2, sort="created"))])
    assert found == numbers


async def test_a_refusal_says_by_its_class_what_can_be_done(bridge, passwords, world):
    def story() -> None:
        with Client(ADDRESS, "plb_" + "x" * 43, transport=bridge) as stranger, pytest.raises(Unknown):
            stranger.me()
        with Client(ADDRESS, transport=bridge) as api:
            with pytest.raises(Unknown) as refused:
                api.sign_in(SignIn(email="author@example.org", password=SecretStr("wrong")))
            assert refused.value.code == "INVALID_CREDENTIALS"
            pair = api.sign_in(SignIn(email="reader@example.org", password=SecretStr(programs.PASSWORD)))
        with Client(ADDRESS, pair.access_token, transport=bridge) as reader:
            with pytest.raises(Absent):
                reader.document("ENG-9")
            with pytest.raises(Absent):
                reader.document("../me")
            with pytest.raises(Refused) as forbidden:
                reader.create(CreateDocument(space="ENG", text=BASE))
            assert (forbidden.value.status, forbidden.value.code) == (403, "FORBIDDEN")
            assert len(forbidden.value.request_id) == 32

    await asyncio.to_thread(story)


@pytest.fixture
def run(bridge, tmp_path, monkeypatch):
    """A command in an empty folder, by somebody with an empty configuration."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("PLUMBLINE_ADDRESS", "PLUMBLINE_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")

    async def call(*arguments, **options):
        return await asyncio.to_thread(CliRunner().invoke, app, [str(word) for word in arguments], **options)

    return call


@pytest.fixture
async def signed_in(run, program):
    made, _ = await programs.personal(program, scopes=["documents:read", "documents:write"])
    done = await run("login", ADDRESS, "--token-stdin", input=made["secret"] + "\n")
    assert done.exit_code == 0, done.output
    return run


async def test_a_password_becomes_a_token_that_only_its_person_can_read(run, world, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _: programs.PASSWORD)
    done = await run("login", ADDRESS, "--email", "author@example.org")
    assert (done.exit_code, done.output.partition(" The")[0]) == (0, f"Signed in to {ADDRESS} as Author Person.")
    kept = connection.file()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["token"].startswith("plb_")
    assert programs.PASSWORD not in kept.read_text()
    assert (await run("documents")).exit_code == 0


async def test_signing_in_that_fails_keeps_nothing(run, world, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda _: "wrong")
    assert (await run("login", ADDRESS, "--email", "author@example.org")).exit_code == 2
    assert (await run("login", ADDRESS, "--token-stdin", input="nonsense\n")).exit_code == 2
    for address in ("http://plumbline.example.org", "ftp://x", "https://user:secret@x", "https://"):
        done = await run("login", address, "--token-stdin", input="x\n")
        assert (done.exit_code, "Traceback" in done.output) == (2, False)
    assert not connection.file().exists()
    done = await run("documents")
    assert (done.exit_code, "Sign in first" in done.stderr) == (2, True)


async def test_in_continuous_integration_the_environment_says_who(run, world, program, monkeypatch):
    made, _ = await programs.personal(program)
    monkeypatch.setenv("PLUMBLINE_TOKEN", made["secret"])
    assert (await run("documents")).exit_code == 2
    monkeypatch.setenv("PLUMBLINE_ADDRESS", ADDRESS)
    await world.document("# Listed\n\nText.\n")
    done = await run("documents", "--json")
    assert [row["title"] for row in json.loads(done.stdout)] == ["Listed"]
    assert (await run("documents", "nothing like it")).stdout == ""


async def test_a_file_is_pushed_pulled_and_pushed_again(signed_in, world):
    put("orders.md", MINE.replace("\n", "\r\n"))
    assert (await signed_in("push", "orders.md")).exit_code == 2
    done = await signed_in("push", "orders.md", "--space", "ENG", "-m", "First")
    assert (done.exit_code, "ENG-1: made from orders.md" in done.output) == (0, True)
    assert "nothing changed" in (await signed_in("push", "orders.md")).output
    done = await signed_in("pull", "ENG-1")
    assert (done.exit_code, done.output) == (0, "ENG-1.md: revision 1 of ENG-1\n")
    assert got("ENG-1.md") == got("orders.md")
    put("ENG-1.md", BASE)
    assert (await signed_in("push", "ENG-1.md")).output == "ENG-1: revision 2 saved\n"
    done = await signed_in("pull", "ENG-1", "--output", "orders.md")
    assert (done.exit_code, "differs" in done.stderr) == (2, True)
    assert (await signed_in("pull", "ENG-1", "--output", "orders.md", "--force")).exit_code == 0
    assert got("orders.md") == BASE


async def test_who_saved_meanwhile_is_merged_with_or_waited_for(signed_in, world):
    number = await world.document(BASE)
    assert (await signed_in("pull", number)).exit_code == 0
    await world.save(number, 1, BASE.replace("200", "150"))
    path = f"{number}.md"
    put(path, MINE)
    done = await signed_in("push", path)
    assert (done.exit_code, got(path)) == (1, MINE)
    assert "somebody saved revision 2" in done.stderr
    done = await signed_in("push", path, "--merge")
    assert (done.exit_code, got(path)) == (0, MINE.replace("200", "150"))
    assert (await signed_in("push", path)).output == f"{number}: nothing changed since revision 3\n"


async def test_a_contradiction_stands_in_the_file_until_it_is_decided(signed_in, world):
    number = await world.document(BASE)
    await signed_in("pull", number)
    await world.save(number, 1, BASE.replace("200", "150"))
    path = f"{number}.md"
    put(path, BASE.replace("200", "100"))
    done = await signed_in("push", path, "--merge")
    both = got(path)
    assert (done.exit_code, "Under 150 ms." in both, "Under 100 ms." in both) == (1, True, True)
    done = await signed_in("push", path)
    assert (done.exit_code, "both sides" in done.stderr) == (2, True)
    put(path, BASE.replace("200", "120"))
    assert (await signed_in("push", path)).output == f"{number}: revision 3 saved\n"


async def test_a_file_that_was_not_pulled_says_what_it_was_made_from(signed_in, world):
    number = await world.document(BASE)
    put("x.md", MINE)
    assert (await signed_in("push", "x.md", "--to", number)).exit_code == 2
    assert (await signed_in("push", "x.md", "--to", number, "--base", 1)).exit_code == 0
    assert json.loads(got(".plumbline.json"))["x.md"]["revision"] == 2
    for broken in ("[]", "{", '{"x.md": {"number": 1}}'):
        put(".plumbline.json", broken)
        done = await signed_in("push", "x.md")
        assert (done.exit_code, "Traceback" in done.output) == (2, False)
