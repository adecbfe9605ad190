"""What is sealed is read again, also after the signing secret was replaced."""

import pytest

from app.core import sealing, settings

FIRST, SECOND, THIRD = ("f3a9c07b52e84d16a07de95b3c418f62", "0e1b6c2f9d8a47b3915c6e2d7f4a8b30", "x9" * 20)


def use(monkeypatch, newest, *previous):
    monkeypatch.setenv("PLUMBLINE_SECRET_KEY", newest)
    monkeypatch.setenv("PLUMBLINE_PREVIOUS_SECRET_KEYS", ",".join(previous))
    settings.settings.cache_clear()


def test_a_replaced_secret_still_opens_and_a_forgotten_one_does_not(monkeypatch):
    use(monkeypatch, FIRST)
    sealed = sealing.seal("JBSWY3DP")
    assert sealing.unseal(sealed) == "JBSWY3DP"
    assert sealing.seal("JBSWY3DP") != sealed
    assert "JBSWY3DP" not in sealed
    use(monkeypatch, SECOND, FIRST)
    assert sealing.unseal(sealed) == "JBSWY3DP"
    use(monkeypatch, THIRD, SECOND)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(sealed)


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-2] + "AA", lambda text: "", lambda text: text.replace(".", "", 1)]
)
def test_what_was_changed_is_not_opened(monkeypatch, damage):
    use(monkeypatch, FIRST)
    with pytest.raises(sealing.Unreadable):
        sealing.unseal(damage(sealing.seal("JBSWY3DP")))
