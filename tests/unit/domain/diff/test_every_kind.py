"""What few designs have is compared like everything else: layers, metrics, log levels, scopes."""

import pytest

from app.domain.diff.semantic import compare
from app.domain.parse import parse

OLD = """# Shop

Scope: code shop/**

## Layers

1. Pages: `shop.pages`
2. Store: `shop.store`

## Metrics

- orders_total: orders

## Logging

- INFO: requests
"""


def told(old: str, new: str) -> list[str]:
    return [change.sentence for change in compare(parse(OLD), parse(OLD.replace(old, new))).changes]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("1. Pages: `shop.pages`\n2. Store: `shop.store`", "1. Store: `shop.store`\n2. Pages: `shop.pages`", "order"),
        ("`shop.store`", "`shop.data`", "shop.data"),
        (
            "- orders_total: orders\n",
            "- orders_total: orders\n- refunds_total: refunds\n",
            "metric refunds_total added",
        ),
        ("- INFO: requests", "- INFO: requests\n- ERROR: defects", "log level ERROR added"),
        ("shop/**", "shop/store/**", "scope"),
        ("requests", f"requests, {'each with its time ' * 20}", "note of INFO changed"),
    ],
)
def test_it_is_told(old, new, sentence):
    assert any(sentence in one for one in told(old, new)), told(old, new)
