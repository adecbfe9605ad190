"""Signatures of webhooks against the example of the standard and against what makes them worthless."""

import pytest

from app.adapters import webhooks

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.mark.req("SSRF-05")
def test_the_example_of_the_standard():
    made = webhooks.signed(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert made["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert (made["webhook-id"], made["webhook-timestamp"]) == ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330")


@pytest.mark.req("SSRF-05")
def test_everything_that_matters_is_signed():
    first = webhooks.signed(SECRET, "a", 1, b"x")["webhook-signature"]
    others = [
        (SECRET, "b", 1, b"x"),
        (SECRET, "a", 2, b"x"),
        (SECRET, "a", 1, b"y"),
        (webhooks.new_secret(), "a", 1, b"x"),
    ]
    assert first not in {webhooks.signed(*one)["webhook-signature"] for one in others}


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_c2hvcnQ=", SECRET.removeprefix("whsec_"), "whsec_%%%", "plain"]
)
def test_a_secret_that_is_none_signs_nothing(secret):
    with pytest.raises(ValueError, match="not a webhook secret"):
        webhooks.signed(secret, "a", 1, b"x")
