"""Write the documents that are made from the code, or with `--check` say which of them are stale.

One function per document, each from one source of truth. Texts that people write are not made here.
"""

import re
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from app.core.errors import CODES
from app.core.settings import PREFIX, Settings
from app.domain.lint.engine import all_rules
from app.domain.lint.rule import FixingRule, Rule
from app.domain.permissions import SCOPES, Level
from app.domain.permissions.matrix import columns, permissions

ROOT = Path(__file__).resolve().parent.parent
NOTE = "<!-- Made by `make docs`; edit the code instead. -->"


def table(header: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


ERRORS = """\
# Error codes

{note}

A failure is answered as JSON: `{{"error": {{"code", "message", "details"}}}}`. Programs go by `code`, which stays as
it is; `message` is for people and may change. An INTERNAL_ERROR names its line in the log in `details.request_id`.

"""

SETTINGS = """\
# Settings

{note}

All are optional outside production. They are read from the environment, then from `.env` in the working folder
(`.env.example` lists them). In production, unsafe values keep the server from starting, with a sentence each.

"""

RULES = """\
# Rules

{note}

`plumbline check` and every saved revision are read by these. A rule is silenced for the block that follows, or directly
under a heading for its section, by a comment with a reason; each page shows the line. How much a rule counts is set in
`plumbline.toml` or `pyproject.toml`, by `--severity RULE=LEVEL`, or in the front matter of a document
(`rules: [goal-without-number=info]`). How often the rules are right is measured in [precision.md](precision.md).

"""
PERMISSIONS = """\
# Permissions

{note}

What each role may do. A permission is about the site, a space or a document; a role in a space carries those on its
documents. What somebody may not even read is answered as not found; what they may read and not do is refused with who
can grant it. Roles are read from the database together with the thing itself, at every request and every event.

Custom roles are made of the permissions below, for the site or for spaces; groups hold roles like people do. Nobody
gives a role that holds more than their own. What a document's text says grants nothing.

"""
WRITTEN_BY_PEOPLE = {"docs/rules/precision.md"}

FIXES = """\
## Fix

`plumbline check --fix` corrects it where there is one right answer.

"""


def errors() -> str:
    rows = ((f"`{code}`", str(status), HTTPStatus(status).phrase) for code, status in CODES.items())
    return ERRORS.format(note=NOTE) + table(("Code", "Status", "HTTP"), rows)


def settings() -> str:
    fields = Settings.model_fields.items()
    rows = ((f"`{PREFIX}{name.upper()}`", default(field.default), field.description or "") for name, field in fields)
    return SETTINGS.format(note=NOTE) + table(("Setting", "Default", "Meaning"), rows)


def roles() -> str:
    made = PERMISSIONS.format(note=NOTE)
    for level in Level:
        holders = columns(level)
        rows = (
            (f"`{one}`", *("✓" if one in rights else "" for rights in holders.values())) for one in permissions(level)
        )
        made += f"## {'The site' if level is Level.site else f'A {level}'}\n\n"
        made += table(("Permission", *holders), rows) + "\n"
    scopes = ((f"`{scope}`", ", ".join(f"`{one}`" for one in sorted(held))) for scope, held in SCOPES.items())
    return (
        made
        + "## Tokens\n\nA personal access token does what its person may do and its scopes hold.\n\n"
        + table(("Scope", "Holds"), scopes)
    )


def env_example() -> str:
    """Every setting, commented out: the file changes nothing until a line is taken in."""
    lines = ["# Made by `make docs`. Copy to .env and take in what you need; docs/settings.md tells more.\n"]
    for name, field in Settings.model_fields.items():
        value = field.default if field.default not in (None, ()) else ""
        lines.append(f"\n# {field.description}\n# {PREFIX}{name.upper()}={value}\n")
    return "".join(lines)


def default(value: object) -> str:
    return f"`{value}`" if value not in (None, "", ()) else "none"


def rule_pages() -> dict[str, str]:
    """One page per rule, from its docstring, and their list."""
    rules = all_rules()
    rows = ((f"[{rule.name}]({rule.name}.md)", rule.code, rule.severity.value, rule.summary()) for rule in rules)
    index = RULES.format(note=NOTE) + table(("Rule", "Code", "Severity", "Finds"), rows)
    return {"docs/rules/README.md": index} | {f"docs/rules/{rule.name}.md": rule_page(rule) for rule in rules}


def rule_page(rule: Rule) -> str:
    return (
        f"# {rule.name}\n\n{NOTE}\n\n{rule.code}, {rule.severity.value}, about {rule.looks_at}. {rule.summary()}\n\n"
        f"## Why\n\n{rule.why()}\n\n## Bad\n\n{fenced(rule.bad())}\n## Good\n\n{fenced(rule.good())}\n"
        f"{FIXES if isinstance(rule, FixingRule) else ''}"
        f"## Silence it\n\n{fenced(f'<!-- plumbline: ignore {rule.name} because … -->')}"
    )


def fenced(text: str) -> str:
    """As a code block whose fence is longer than any inside."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    return f"{fence}markdown\n{text.rstrip()}\n{fence}\n"


def documents() -> dict[str, str]:
    made = {"docs/errors.md": errors(), "docs/settings.md": settings(), ".env.example": env_example()}
    made["docs/permissions.md"] = roles()
    return made | rule_pages()


def stale(wanted: dict[str, str], root: Path = ROOT) -> list[str]:
    """Paths whose file does not hold what the code says, and pages of rules that are gone."""
    differing = [name for name, text in wanted.items() if not _holds(root / name, text)]
    pages = {f"docs/rules/{path.name}" for path in (root / "docs" / "rules").glob("*.md")}
    return differing + sorted(pages - wanted.keys() - WRITTEN_BY_PEOPLE)


def _holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def write(wanted: dict[str, str], name: str, root: Path = ROOT) -> None:
    if name not in wanted:
        (root / name).unlink()
        return
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(wanted[name], encoding="utf-8")


def main() -> int:
    wanted = documents()
    wrong = stale(wanted)
    if "--check" in sys.argv[1:]:
        print("stale, run `make docs`: " + ", ".join(wrong) if wrong else "generated documents are current")
        return 1 if wrong else 0
    for name in wrong:
        write(wanted, name)
        print("wrote" if name in wanted else "removed", name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
