"""The endpoints of an API, as OpenAPI describes them in JSON (3, and 2, which was called Swagger)."""

from dataclasses import dataclass
from typing import Any

from app.domain.evidence.format import Json, JsonFormat
from app.domain.evidence.kind import Kind, Summary, counted, shown

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})


@dataclass(frozen=True)
class Endpoints(Summary):
    """`specification` is the version of OpenAPI; `title` and `version` are the API's own."""

    endpoints: int
    paths: int
    title: str
    version: str
    specification: str

    @property
    def words(self) -> str:
        named = f" of {self.title} {self.version}".rstrip() if self.title else ""
        return f"{counted(self.endpoints, 'endpoint')}{named}"


def _fits(value: Json) -> bool:
    return isinstance(value.get("openapi", value.get("swagger")), str) and isinstance(value.get("paths", {}), dict)


def _read(value: Json) -> Endpoints:
    paths = {path: item for path, item in value.get("paths", {}).items() if path.startswith("/")}
    info = value.get("info")
    named: dict[str, Any] = info if isinstance(info, dict) else {}
    return Endpoints(
        endpoints=sum(len(_METHODS & item.keys()) for item in paths.values() if isinstance(item, dict)),
        paths=len(paths),
        title=shown(named.get("title")),
        version=shown(named.get("version"), 40),
        specification=shown(value.get("openapi", value.get("swagger")), 20),
    )


FORMAT = JsonFormat(Kind.endpoints, "OpenAPI", _fits, _read)
