"""What the page of connected identities makes of its service's answer."""

from app.schemas.providers import IdentitiesView, IdentityView, ProviderView
from app.services import identities
from state.identities import IdentitiesState
from tests.unit.state.test_states import AT, answering, signed_in

__all__ = ["signed_in"]


async def test_identities_are_rows_and_only_linked_providers_can_prove(monkeypatch):
    linked = {"provider": "sso", "label": "Our SSO", "email": "ada@example.org", "created_at": AT, "last_used_at": AT}
    rows = tuple(IdentityView(id=f"i{may}", may_unlink=may, **linked) for may in (True, False))
    offered = (ProviderView(name="google", label="Google"), ProviderView(name="sso", label="Our SSO"))
    answering(monkeypatch, identities, "mine", IdentitiesView(identities=rows, providers=offered, has_password=False))
    state = IdentitiesState(_reflex_internal_init=True)
    assert state.is_loaded is False
    await IdentitiesState.load.fn(state)
    assert [(row["id"], row["may_unlink"]) for row in state.identities] == [("iTrue", "yes"), ("iFalse", "")]
    assert state.identities[0]["created_at"] == AT.isoformat()
    assert [one["name"] for one in state.providers] == ["google", "sso"]
    assert state.proofs == [{"name": "sso", "label": "Our SSO"}]
    assert state.is_loaded
