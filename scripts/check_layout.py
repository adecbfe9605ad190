"""The rules of house that no linter knows: sizes, State classes, rooms, words that are not used here.

Each check yields problems as `path:line sentence`. It belongs here what is read off the source text alone.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "components", "state", "models", "tests", "scripts", "bench")
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONGEST_COMPONENT = 45
STATE_LINES, STATE_VARS, STATE_HANDLERS, STATE_CLASSES = 120, 10, 8, 24
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
NOT_IN_PAGES = {"toast", "upload", "markdown", "set_focus", "scroll_to", "set_clipboard", "set_value", "call_script"}
UNREASONED = re.compile(r"#\s*(noqa|type:\s*ignore)(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w, -]+\])?\s*$")

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b|\brgba?\(|\boklch\(|\bhsla?\(")


@dataclass(frozen=True)
class Source:
    path: Path  # relative to the root
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.path.parts[0]

    def at(self, line: int, sentence: str) -> str:
        return f"{self.path}:{line} {sentence}"


def sources(root: Path) -> list[Source]:
    paths = sorted(path for room in ROOMS for path in (root / room).rglob("*.py"))
    texts = [(path.relative_to(root), path.read_text(encoding="utf-8")) for path in paths]
    return [Source(path, text, ast.parse(text)) for path, text in texts]


def file_sizes(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield source.at(1, f"has {lines} lines; split by noun at {LONGEST_FILE}")


def function_sizes(source: Source) -> Iterator[str]:
    limit = LONGEST_COMPONENT if source.room == "components" else LONGEST_FUNCTION
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > limit:
                yield source.at(node.lineno, f"{node.name} has {lines} lines; the limit is {limit}")


def vague_names(source: Source) -> Iterator[str]:
    if VAGUE_NAMES & {source.path.stem, *source.path.parts[:-1]}:
        yield source.at(1, "has a name that says nothing; name the noun it is about")


def docstrings(source: Source) -> Iterator[str]:
    if source.room != "tests" and source.text.strip() and not ast.get_docstring(source.tree):
        yield source.at(1, "has no docstring that says what belongs here and what does not")


def silenced(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if UNREASONED.search(line):
            yield source.at(number, "silences a check without a reason; add one after it")


def calls(source: Source) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the last name of what it calls."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute):
                yield node, called.attr
            elif isinstance(called, ast.Name):
                yield node, called.id


def forbidden_calls(source: Source) -> Iterator[str]:
    for call, name in calls(source):
        if name == "create_all":
            yield source.at(call.lineno, "makes tables without a migration")
        if name == "sleep" and source.room == "tests" and not _yields_only(call):
            yield source.at(call.lineno, "sleeps in a test; wait for what is meant")


def _yields_only(call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Constant) and call.args[0].value == 0


def needs_eval(source: Source) -> Iterator[str]:
    """`rx.<name>` of what goes through `eval` in the page, which the content policy forbids, or renders unsafely."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in NOT_IN_PAGES and _is_reflex(node.value):
            yield source.at(node.lineno, f"uses rx.{node.attr}; see components/bridge for ours")


def _is_reflex(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in {"rx", "reflex"}


def inline_styles(source: Source) -> Iterator[str]:
    if not _is_interface(source):
        return
    for call, _ in calls(source):
        if any(keyword.arg == "style" for keyword in call.keywords):
            yield source.at(call.lineno, "has an inline style, which the content policy forbids; use a class")


def queries(source: Source) -> Iterator[str]:
    """select() in the application belongs to the repositories, where it is scoped to who asks."""
    if source.room not in {"app", "components", "state"} or source.path.parts[:2] == ("app", "repositories"):
        return
    imports = (node for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom))
    for node in imports:
        database = (node.module or "").split(".")[0] in {"sqlalchemy", "sqlmodel"}
        if database and {"select", "Select"} & {alias.name for alias in node.names}:
            yield source.at(node.lineno, "queries outside app/repositories")


def http_failures(source: Source) -> Iterator[str]:
    """Below the API a failure is an AppError, which says what happened; the status is the gateway's."""
    if source.room != "app" or source.path.parts[:2] == ("app", "api"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Raise) and node.exc and "HTTPException" in ast.unparse(node.exc):
            yield source.at(node.lineno, "raises HTTPException; raise an AppError")


def colours(source: Source) -> Iterator[str]:
    if not _is_interface(source) or source.path.name == "tokens.py":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.search(node.value):
            yield source.at(node.lineno, "names a colour; take it from components/ui/tokens.py")


def _is_interface(source: Source) -> bool:
    return source.room == "components" or source.path.parts[:2] == ("app", "pages")


def state_classes(source: Source) -> list[ast.ClassDef]:
    if source.room != "state":
        return []
    classes = [node for node in source.tree.body if isinstance(node, ast.ClassDef)]
    return [node for node in classes if any(ast.unparse(base).endswith("State") for base in node.bases)]


def state_sizes(source: Source) -> Iterator[str]:
    for node in state_classes(source):
        public = [item for item in node.body if _is_public_var(item)]
        handlers = [item for item in node.body if _is_handler(item)]
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        found = ((lines, STATE_LINES, "lines"), (len(public), STATE_VARS, "public vars"))
        for count, limit, what in (*found, (len(handlers), STATE_HANDLERS, "handlers")):
            if count > limit:
                yield source.at(node.lineno, f"{node.name} has {count} {what}; the limit is {limit}")


def _is_public_var(item: ast.stmt) -> bool:
    return isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and not item.target.id.startswith("_")


def _is_handler(item: ast.stmt) -> bool:
    if not isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    return any(ast.unparse(decorator).split("(")[0] == "rx.event" for decorator in item.decorator_list)


def state_count(found: list[Source]) -> Iterator[str]:
    count = sum(len(state_classes(source)) for source in found)
    if count > STATE_CLASSES:
        yield f"state/:1 holds {count} State classes; the limit is {STATE_CLASSES}"


def layers_named(root: Path) -> Iterator[str]:
    """Every room of `app` stands in the import contract, or its imports would go unchecked."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    named = {name.strip() for layer in layers for name in layer.split("|")}
    for path in sorted((root / "app").iterdir()):
        module = f"app.{path.stem}"
        is_code = path.suffix == ".py" or (path.is_dir() and any(path.rglob("*.py")))
        if is_code and path.stem != "__init__" and module not in named:
            yield f"{path.relative_to(root)}:1 {module} stands in no layer of the import contract"


CHECKS: tuple[Callable[[Source], Iterator[str]], ...] = (
    file_sizes,
    function_sizes,
    vague_names,
    docstrings,
    silenced,
    forbidden_calls,
    needs_eval,
    inline_styles,
    queries,
    http_failures,
    colours,
    state_sizes,
)


def problems(root: Path = ROOT) -> list[str]:
    found = sources(root)
    each = [problem for source in found for check in CHECKS for problem in check(source)]
    return [*each, *state_count(found), *layers_named(root)]


if __name__ == "__main__":
    listed = problems()
    print("\n".join(listed) or "layout: nothing to say")
    sys.exit(1 if listed else 0)
