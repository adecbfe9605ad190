"""Code with its words marked by classes. Only languages of a list, and only so much of it: lexers are not linear."""

from functools import cache, lru_cache
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType

from app.domain.render.escape import words

_LANGUAGES = {
    "py": "python", "python": "python", "js": "javascript", "javascript": "javascript", "ts": "typescript",
    "typescript": "typescript", "json": "json", "yaml": "yaml", "yml": "yaml", "sql": "sql", "go": "go", "golang": "go",
    "rust": "rust", "rs": "rust", "java": "java", "kotlin": "kotlin", "swift": "swift", "c": "c", "cpp": "cpp",
    "c++": "cpp", "proto": "protobuf", "protobuf": "protobuf", "sh": "bash", "bash": "bash", "shell": "bash",
    "toml": "toml", "ini": "ini", "diff": "diff", "html": "html", "xml": "xml", "css": "css", "jsx": "javascript",
    "tsx": "typescript", "ruby": "ruby", "http": "http", "dockerfile": "docker", "postgresql": "sql",
}  # fmt: skip
# What assets/document.css has a colour for; all else stays bare, so that the page is small and quick to sanitise.
_COLOURS = (
    "c c1 ch cm cs cp k kc kd kn kr kt ow s s1 s2 sa sb sc sd se sh si sx sr ss m mi mf mh mo mb il l ld "
    "nf fm nc nn nt na nb gd gi"
)
COLOURED = frozenset(_COLOURS.split())
LONGEST_BLOCK = 8_000
LONGEST_DOCUMENT = 60_000


@cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False, ensurenl=False)


# A text is rendered at every change, and most of its code is what it was.
@lru_cache(maxsize=256)
def highlight(code: str, language: str) -> str | None:
    """The code as HTML, or None where it is shown as it is."""
    name = _LANGUAGES.get(language)
    if name is None or len(code) > LONGEST_BLOCK:
        return None
    pieces: list[str] = []
    for css, tokens in groupby(_lexer(name).get_tokens(code), lambda token: _class(token[0])):
        shown = words("".join([value for _, value in tokens]))
        pieces.append(f'<span class="{css}">{shown}</span>' if css else shown)
    return "".join(pieces)


@cache
def _class(kind: _TokenType) -> str:
    """The short class name of the nearest kind that has one, if it has a colour."""
    nearest: _TokenType | None = kind
    while nearest is not None and nearest not in STANDARD_TYPES:
        nearest = nearest.parent
    css = STANDARD_TYPES[nearest] if nearest is not None else ""
    return css if css in COLOURED else ""
