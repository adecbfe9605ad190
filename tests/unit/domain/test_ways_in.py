"""The last way into an account stays."""

import pytest

from app.domain.ways_in import WaysIn


@pytest.mark.req("OIDC-12")
@pytest.mark.parametrize(
    ("ways", "left"),
    [
        (WaysIn(has_password=False, passkeys=0, identities=1), False),
        (WaysIn(has_password=True, passkeys=0, identities=1), True),
        (WaysIn(has_password=False, passkeys=1, identities=1), True),
        (WaysIn(has_password=False, passkeys=0, identities=2), True),
    ],
)
def test_an_identity_goes_only_when_another_way_is_left(ways, left):
    assert ways.allows_removal(is_usable=True) is left


@pytest.mark.req("OIDC-12")
def test_an_identity_that_lets_nobody_in_may_go():
    """Its provider is not configured any more: it is not among those that count."""
    assert WaysIn(has_password=False, passkeys=0, identities=1).allows_removal(is_usable=False)
