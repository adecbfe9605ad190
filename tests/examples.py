"""How many examples a property is tried with: all of them in `make test`, a few in `make check`.

`PLUMBLINE_EXAMPLES=few` says so; tests/conftest.py sets what counts where a test names no number.
"""

import os

import hypothesis

FEW = os.environ.get("PLUMBLINE_EXAMPLES") == "few"
USUAL, LEAST = 100, 10


def examples(number: int) -> hypothesis.settings:
    """Stands above a test as `hypothesis.settings` would."""
    return hypothesis.settings(max_examples=shown(number))


def shown(number: int) -> int:
    return max(LEAST, number // 10) if FEW else number
