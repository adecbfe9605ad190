"""Starts mutmut, for `scripts/prove.py`, without its clock: that ends what takes too long by a process id which may be
somebody else's by then. A test that hangs ends itself (`tests/plugins/proving.py`).
"""

from mutmut.__main__ import cli
from mutmut.workers import isolation


def _leave_alone(_pid: int, _seconds: float) -> None:
    return


if __name__ == "__main__":
    isolation.register_timeout = _leave_alone
    cli()
