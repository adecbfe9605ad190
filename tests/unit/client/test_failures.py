"""Answers that no server of ours gives, and those of a newer one."""

import httpx2
import pytest

from app.client import Client, Unreachable


def test_what_is_no_server_of_ours_is_unreachable():
    for answer in (httpx2.Response(200, text="<html>"), httpx2.Response(502, text="Bad gateway"), httpx2.Response(301)):
        transport = httpx2.MockTransport(lambda _, answer=answer: answer)
        with Client("https://else.example", "t", transport=transport) as api, pytest.raises(Unreachable):
            api.me()


def test_fields_of_a_newer_server_are_no_trouble():
    told = {"user_id": "u", "name": "A", "email": "a@b", "role": "member", "session_id": "", "initials": "A", "new": 1}
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=told))
    with Client("https://newer.example", "t", transport=transport) as api:
        assert api.me().name == "A"


def test_a_server_that_is_not_there_is_unreachable():
    def refuse(request):
        raise httpx2.ConnectError("refused", request=request)

    api = Client("https://nobody.example", "t", transport=httpx2.MockTransport(refuse))
    with api, pytest.raises(Unreachable, match=r"nobody\.example cannot be reached"):
        api.me()
