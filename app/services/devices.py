"""A browser and its system in words a person knows, out of what it says of itself."""

import ua_parser

_FIRST = 40


def words(user_agent: str) -> str:
    """As in `Firefox on Windows`; a program by its own first word; `Unknown device` for what says nothing."""
    found = ua_parser.parse(user_agent)
    browser = found.user_agent.family if found.user_agent else user_agent.strip().partition("/")[0][:_FIRST]
    if not browser or not browser.isprintable():
        return "Unknown device"
    return f"{browser} on {found.os.family}" if found.os else browser
