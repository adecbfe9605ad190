"""Design documents to try things on, long enough to scroll, with a graph and a known finding."""

_FILLER = "\n\n".join(
    f"Paragraph {number} of the background, which is here so that the page scrolls." for number in range(40)
)

DESIGN = f"""# Refund service

- Status: draft
- Owner: Olga Berg

## Background

{_FILLER}

## Components

### Gateway
- **Purpose**: takes refund requests
- **Dependencies**: Ledger

### Ledger
- **Purpose**: keeps what was paid back
- **Dependencies**: Archiv

## Closing

The last paragraph.
"""
MISSPELT = "Archiv"


def design(title: str) -> str:
    """The same text under another title: an import of the same title asks a question."""
    return DESIGN.replace("# Refund service", f"# {title}", 1)
