"""Class strings and Tailwind theme of the interface. Colours are CSS variables of assets/look.css, light and dark."""

from typing import Any

_INKS = ("ink", "ink-2", "ink-3", "accent", "accent-soft", "accent-ink")
_GROUNDS = ("paper", "canvas", "raised", "sunken", "line", "line-strong", "mark")
_VERDICTS = ("ok", "ok-soft", "bad", "bad-soft", "warn", "warn-soft", "unknown", "planned")

TAILWIND: dict[str, Any] = {
    "theme": {
        "extend": {
            "colors": {name: f"var(--{name})" for name in (*_INKS, *_GROUNDS, *_VERDICTS)},
            "fontSize": {"ui": ["13.5px", "1.45"], "small": ["12px", "1.45"], "title": ["21px", "1.25"]},
            "fontFamily": {"ui": "var(--ui)", "mono": "var(--mono)"},
            "screens": {"wide": "900px"},
        }
    }
}

_BUTTON = (
    "inline-flex items-center justify-center gap-1.5 whitespace-nowrap rounded-md border px-3 h-[30px] text-[13px] "
    "font-medium cursor-pointer no-underline disabled:opacity-60 disabled:cursor-default"
)
BUTTON = f"{_BUTTON} border-line-strong bg-raised text-ink hover:bg-sunken"
BUTTON_PRIMARY = f"{_BUTTON} border-accent bg-accent on-accent hover:brightness-110"
BUTTON_QUIET = f"{_BUTTON} border-transparent bg-transparent text-ink-2 hover:bg-sunken hover:text-ink"

INPUT = (
    "w-full rounded-md border border-line-strong bg-raised px-3 h-[34px] text-ui text-ink "
    "placeholder:text-ink-3 aria-invalid:border-bad"
)
LABEL = "block text-[13px] font-medium text-ink mb-1"
HINT = "text-small text-ink-2 mt-1"
CARD = "rounded-[10px] border border-line bg-raised"
PAGE_TITLE = "text-title font-semibold tracking-[-.015em] m-0 text-ink"
NUMBER = "font-mono text-small text-ink-2"
LINK = "link underline-offset-2"
MUTED = "text-ink-2"
TABLE_HEAD = "text-small font-medium text-ink-2 text-left px-2.5 py-1.5 border-b border-line"
TABLE_CELL = "px-2.5 py-2 border-b border-line align-middle"
