"""What a device is called, whatever it says of itself."""

import pytest

from app.services.devices import words

_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
_IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox on Linux"),
        (f"{_WINDOWS} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", "Edge on Windows"),
        (f"{_IPHONE} Version/17.5 Mobile/15E148 Safari/604.1", "Mobile Safari on iOS"),
        ("curl/8.5.0", "curl"),
        ("python-httpx2/2.16", "python-httpx2"),
        ("", "Unknown device"),
        ("\x1b[31mred/1", "Unknown device"),
        ("x" * 300, "x" * 40),
    ],
)
def test_it_is_a_name_that_people_know(user_agent, device):
    assert words(user_agent) == device
