"""GitHub: OAuth 2 without OpenID Connect. An account is its number; its name may be given to somebody else."""

from typing import Any
from urllib.parse import urlsplit

from app.adapters.oauth import talk
from app.core.settings import Provider


async def depart(provider: Provider, redirect_uri: str, *, again: bool = False) -> talk.Departure:
    """GitHub has no way to ask for a new proof; `again` lets people choose the account at least."""
    parameters = {"prompt": "select_account"} if again else {}
    return await talk.departure(
        provider, f"{provider.issuer}/login/oauth/authorize", redirect_uri, parameters, has_nonce=False
    )


async def arrive(provider: Provider, back: talk.Back) -> talk.Claimed:
    """Raises `Untrue` or `Away`."""
    api, host = _api(provider)
    async with talk.asking(talk.ARRIVE_SECONDS):
        tokens = await talk.exchange(provider, f"{provider.issuer}/login/oauth/access_token", back)
        token = tokens["access_token"]
        user = await talk.fetched(provider, f"{api}/user", host, token=token)
        emails = await talk.fetched(provider, f"{api}/user/emails", host, token=token)
    if not isinstance(user, dict) or not isinstance(user.get("id"), int) or isinstance(user["id"], bool):
        raise talk.Untrue("no account")
    email, is_confirmed = _primary(emails)
    name = talk.text(user, "name") or talk.text(user, "login")
    return talk.Claimed(provider.issuer, str(user["id"]), email, is_confirmed, name)


def _primary(emails: Any) -> tuple[str, bool]:
    for entry in emails if isinstance(emails, list) else ():
        if isinstance(entry, dict) and entry.get("primary") is True:
            return talk.text(entry, "email"), entry.get("verified") is True
    return "", False


def _api(provider: Provider) -> tuple[str, str]:
    """Address and `host:port` of the API: a host of its own, or a path of an Enterprise Server."""
    if urlsplit(provider.issuer).hostname == "github.com":
        return "https://api.github.com", "api.github.com:443"
    return f"{provider.issuer}/api/v3", provider.host
