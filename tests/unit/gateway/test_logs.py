"""Lines of the log: whose they are, what is hidden in them, and that nobody forges one."""

import io
import json
import logging
import sys

import pytest
import structlog

from app.core.settings import settings
from app.gateway import logs
from tests.unit.gateway.conftest import ANN

NOISY = ("asyncio", "engineio", "socketio", "_granian", "aiosqlite", "alembic")


@pytest.fixture
def configured(monkeypatch, setting):
    """`configured(log_json=True)` gives the stream that is written to; the process's own logging is put back."""
    configure = structlog.configure
    seen = {}

    def noted(**options):
        seen.update(options)
        configure(**{**options, "cache_logger_on_first_use": False})

    monkeypatch.setattr(structlog, "configure", noted)
    root = logging.getLogger()
    before = (root.handlers, root.level, {name: logging.getLogger(name).level for name in NOISY})

    def make(**values):
        setting(**values)
        logs.configure(settings())
        stream = io.StringIO()
        root.handlers[0].setStream(stream)
        stream.options = seen
        return stream

    yield make
    root.handlers, root.level = before[:2]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    structlog.reset_defaults()


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.req("OPS-03")
@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_a_line_names_its_request_its_logger_and_its_time(configured, current, name):
    stream = configured(log_json=True, log_level="INFO")
    current.route, current.actor = "/d/{number}", ANN
    if name == "ours":
        structlog.get_logger("ours").info("it happened", number=7, missing=None, share=0.5, kept=True)
    else:
        logging.getLogger("theirs").info("it %s", "happened")
    (line,) = lines(stream)
    assert (line["event"], line["level"], line["logger"]) == ("it happened", "info", name)
    assert (line["request_id"], line["route"], line["actor"]) == (current.request_id, "/d/{number}", ANN.user_id)
    assert line["timestamp"].endswith("Z")
    if name == "ours":
        assert (line["number"], line["missing"], line["share"], line["kept"]) == (7, None, 0.5, True)


def test_without_a_person_or_a_caller_a_line_says_so(configured, current):
    stream = configured(log_json=True)
    structlog.get_logger("ours").info("one", route="its own", actor="its own", request_id="its own")
    structlog.get_logger("ours").info("two")
    logs.caller_var.set(None)
    structlog.get_logger().info("three")
    one, two, three = lines(stream)
    assert (one["route"], one["actor"], one["request_id"]) == ("its own", "its own", "its own")
    assert (two["route"], two["actor"], two["request_id"]) == ("", "", current.request_id)
    assert not {"route", "actor", "request_id"} & three.keys()
    assert three["logger"] == "plumbline"


@pytest.mark.req("OPS-03")
@pytest.mark.parametrize(
    "name",
    ["password", "new_password", "Token", "api_token", "Cookie", "set-cookie", "SECRET_key", "authorization",
     "code_verifier"],
)  # fmt: skip
def test_what_holds_secrets_is_hidden_wherever_it_stands(name):
    hide = logs._without_secrets
    assert hide(None, "", {name: "planted", "other": "shown"}) == {name: "***", "other": "shown"}
    deep = {"a": {name: ["planted"], "b": [{name: 1}, ({name: "planted"},)]}}
    assert hide(None, "", deep) == {"a": {name: "***", "b": [{name: "***"}, [{name: "***"}]]}}


@pytest.mark.req("OPS-03")
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain text", "plain text"),
        ("é", "é"),
        ("a\nb\tc\x1b[2J\x7f\x85\u2028\u2029", "a\\u000ab\\u0009c\\u001b[2J\\u007f\\u0085\\u2028\\u2029"),
        ("/x?token=planted&a=1", "/x?token=***&a=1"),
        ("/x?a=1&code=planted&state=planted", "/x?a=1&code=***&state=***"),
        ('"/x?token=planted" x', '"/x?token=***" x'),
        ("token=planted", "token=planted"),
        ("?tokens=1", "?tokens=1"),
        ("é ?code=planted", "é ?code=***"),
        (7, 7),
        (0.5, 0.5),
        (True, True),
        (None, None),
        ({1: "\n"}, {"1": "\\u000a"}),
        (("\n", 1), ["\\u000a", 1]),
        ([["\n"]], [["\\u000a"]]),
        ({"\n"}, ["\\u000a"]),
        (frozenset({"\n"}), ["\\u000a"]),
    ],
)
def test_a_value_is_written_so_that_it_makes_no_line_of_its_own(value, shown):
    assert logs._without_secrets(None, "", {"key": value}) == {"key": shown}


def test_names_are_made_harmless_too_and_a_traceback_keeps_its_lines():
    trace = "Traceback\n  File\x1b[2J ?token=planted"
    found = logs._without_secrets(None, "", {"a\nb": 1, "exception": trace, "other": "\n", "list": ["a\nb"]})
    assert found == {
        "a\\u000ab": 1,
        "exception": "Traceback\n  File\\u001b[2J ?token=***",
        "other": "\\u000a",
        "list": ["a\\u000ab"],
    }


def test_what_json_does_not_know_is_written_as_it_shows_itself(configured):
    stream = configured(log_json=True)
    structlog.get_logger("ours").info("odd", value=object, path=b"x")
    (line,) = lines(stream)
    assert (line["value"], line["path"]) == (repr(object), repr(b"x"))


@pytest.mark.parametrize("name", ["ours", "theirs"])
def test_an_exception_is_part_of_its_line(configured, name):
    stream = configured(log_json=True)
    logger = structlog.get_logger("ours") if name == "ours" else logging.getLogger("theirs")
    try:
        raise ValueError("it broke")
    except ValueError:
        logger.exception("failed")
    (line,) = lines(stream)
    assert (line["event"], line["level"]) == ("failed", "error")
    assert "ValueError: it broke" in line["exception"]
    assert "exc_info" not in line


@pytest.mark.parametrize(("level", "shown"), [("DEBUG", 4), ("INFO", 3), ("WARNING", 2), ("ERROR", 1)])
def test_the_level_holds_for_ours_and_theirs(configured, level, shown):
    stream = configured(log_json=True, log_level=level)
    for logger in (structlog.get_logger("ours"), logging.getLogger("theirs")):
        for name in ("debug", "info", "warning", "error"):
            getattr(logger, name)("said")
    assert len(lines(stream)) == 2 * shown
    assert logging.getLogger().level == getattr(logging, level)


def test_libraries_that_talk_much_are_heard_when_they_warn(configured):
    stream = configured(log_json=True, log_level="DEBUG")
    for name in NOISY:
        logging.getLogger(name).info("talking")
        logging.getLogger(name).warning("warning")
    assert [line["logger"] for line in lines(stream)] == list(NOISY)


def test_for_people_the_lines_are_plain(configured, monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    stream = configured(log_json=False)
    structlog.get_logger("ours").warning("it happened", number=7)
    logging.getLogger("theirs").warning("it happened")
    one, two = stream.getvalue().splitlines()
    for line in (one, two):
        assert "it happened" in line
        assert "\x1b" not in line
        with pytest.raises(json.JSONDecodeError):
            json.loads(line)
    assert "number=7" in one


def test_on_a_terminal_they_have_colours(configured, monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    stream = configured(log_json=False)
    structlog.get_logger("ours").warning("it happened")
    assert "\x1b[" in stream.getvalue()


class Broken(io.StringIO):
    def write(self, _text):
        raise OSError("the disk is full")


def test_whoever_logs_does_not_fail_of_it(monkeypatch):
    handler = logging.StreamHandler(Broken())
    handled = []
    monkeypatch.setattr(handler, "handleError", handled.append)
    logs._Lines(handler, "ours").info("a line")
    assert [(record.name, record.msg) for record in handled] == [("ours", "a line that was not written")]
    handler.setStream(io.StringIO())
    logs._Lines(handler, "ours").info("another")
    assert handler.stream.getvalue() == "another\n"


def test_a_whole_line_is_written_under_the_lock_and_flushed(monkeypatch):
    handler, did = logging.StreamHandler(io.StringIO()), []
    monkeypatch.setattr(handler, "acquire", lambda: did.append("lock"))
    monkeypatch.setattr(handler, "release", lambda: did.append("release"))
    monkeypatch.setattr(handler.stream, "write", did.append)
    monkeypatch.setattr(handler.stream, "flush", lambda: did.append("flush"))
    logs._Lines(handler, "ours").error("a line")
    assert did == ["lock", "a line\n", "flush", "release"]
