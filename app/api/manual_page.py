"""The OpenAPI document as one page of HTML. Everything that is not a tag of ours is escaped."""

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
_CODE = re.compile(r"`([^`]+)`")


def page(described: Json) -> str:
    """Whole and self-contained but for its style sheet."""
    info = described["info"]
    groups = [(tag, list(_operations(described, tag["name"]))) for tag in described["tags"]]
    body = "".join(_group(tag, operations) for tag, operations in groups)
    schemas = described["components"]["schemas"]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>API · {_text(info['title'])}</title>"
        '<link rel="icon" href="/favicon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="/api/docs/manual.css"></head><body>'
        '<a class="skip" href="#main">Skip to the operations</a>'
        f'<nav aria-label="Operations"><a class="home" href="/">{_text(info["title"])}</a>{_contents(groups)}'
        '<h2><a href="#schemas">Schemas</a></h2></nav>'
        f'<main id="main" tabindex="-1"><h1>{_text(info["title"])} API <small>{_text(info["version"])}</small></h1>'
        f'{_prose(info["description"])}<p><a href="/openapi.json">OpenAPI document</a></p>{body}'
        f'<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>{_schemas(schemas)}</section>'
        "</main></body></html>"
    )


def _operations(described: Json, tag: str) -> Iterator[tuple[str, str, Json]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if tag in operation.get("tags", []):
                yield method.upper(), path, operation


def _contents(groups: Iterable[tuple[Json, Sequence[tuple[str, str, Json]]]]) -> str:
    parts = []
    for tag, operations in groups:
        rows = "".join(
            f'<li><a href="#{_text(operation["operationId"])}">{_text(operation["summary"])}</a></li>'
            for _, _, operation in operations
        )
        parts.append(
            f'<h2><a href="#tag-{_text(tag["name"])}">{_text(tag["name"].capitalize())}</a></h2><ul>{rows}</ul>'
        )
    return "".join(parts)


def _group(tag: Json, operations: Iterable[tuple[str, str, Json]]) -> str:
    name = f"tag-{_text(tag['name'])}"
    articles = "".join(_operation(*one) for one in operations)
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{_text(tag["name"].capitalize())}</h2>'
        f"{_prose(tag['description'])}{articles}</section>"
    )


def _operation(method: str, path: str, operation: Json) -> str:
    name = _text(operation["operationId"])
    return (
        f'<article aria-labelledby="{name}"><h3 id="{name}">{_text(operation["summary"])}</h3>'
        f'<p class="line"><b class="method" data-method="{method}">{method}</b> <code>{_path(path)}</code></p>'
        f"{_prose(operation.get('description', ''))}{_parameters(operation)}{_bodies(operation)}"
        f"{_answers(operation['responses'])}</article>"
    )


def _path(path: str) -> str:
    return re.sub(r"\{(\w+)\}", r"<i>{\1}</i>", _text(path))


def _parameters(operation: Json) -> str:
    rows = [
        (
            f"<code>{_text(one['name'])}</code>",
            _text(one["in"]) + (", required" if one.get("required") else ""),
            _type(one["schema"]),
            _prose(one.get("description", "")),
        )
        for one in operation.get("parameters", [])
    ]
    return _table("Parameters", ("Name", "In", "Type", "Meaning"), rows)


def _bodies(operation: Json) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    rows = [(f"<code>{_text(kind)}</code>", _type(one.get("schema", {}))) for kind, one in content.items()]
    return _table("Body", ("Media type", "Type"), rows)


def _answers(responses: Json) -> str:
    rows = []
    for status, answer in responses.items():
        content = answer.get("content", {})
        kinds = ", ".join(f"<code>{_text(kind)}</code> {_type(one.get('schema', {}))}" for kind, one in content.items())
        codes = [code for one in content.values() for code in one.get("examples", {})]
        told = _examples(content) if int(status) >= 400 else kinds or "nothing"
        label = ", ".join(codes) if int(status) >= 400 else answer["description"]
        rows.append((f'<b class="status" data-class="{status[0]}">{status}</b>', _text(label), told))
    return _table("Answers", ("Status", "When", "With"), rows)


def _examples(content: Json) -> str:
    shown = [one["value"] for kind in content.values() for one in kind.get("examples", {}).values()]
    blocks = "".join(f"<pre>{_text(json.dumps(one, indent=2))}</pre>" for one in shown)
    return f"<details><summary>Example</summary>{blocks}</details>" if blocks else ""


def _schemas(schemas: Json) -> str:
    parts = []
    for name, schema in sorted(schemas.items()):
        required = set(schema.get("required", ()))
        rows = [
            (
                f"<code>{_text(field)}</code>" + ("" if field in required else " <small>optional</small>"),
                _type(kind),
                _prose(kind.get("description", "")),
            )
            for field, kind in schema.get("properties", {}).items()
        ]
        values = _type(schema) if "enum" in schema else ""
        about = _prose(schema.get("description", ""))
        table = _table("", ("Field", "Type", "Meaning"), rows)
        parts.append(f'<article><h3 id="schema-{_text(name)}">{_text(name)}</h3>{about}{values}{table}</article>')
    return "".join(parts)


def _type(schema: Json) -> str:
    """A type in words; names of schemas lead to them."""
    if "$ref" in schema:
        name = _text(schema["$ref"].rpartition("/")[2])
        return f'<a href="#schema-{name}">{name}</a>'
    if "enum" in schema:
        return " | ".join(f"<code>{_text(json.dumps(value))}</code>" for value in schema["enum"])
    if "const" in schema:
        return f"<code>{_text(json.dumps(schema['const']))}</code>"
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return " or ".join(_type(one) for one in schema[word])
    if schema.get("type") == "array":
        inner = schema.get("items") or {}
        return f"list of {_type(inner)}"
    return _text(schema.get("format") or schema.get("type", "anything")) + _bounds(schema)


def _bounds(schema: Json) -> str:
    low, high = schema.get("minimum"), schema.get("maximum", schema.get("exclusiveMaximum"))
    parts = [f"from {low}" if low is not None else "", f"to {high}" if high is not None else ""]
    parts.append(f"at most {schema['maxLength']} characters" if "maxLength" in schema else "")
    told = " ".join(part for part in parts if part)
    return f" <small>{_text(told)}</small>" if told else ""


def _table(title: str, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    used = [at for at in range(len(header)) if any(row[at] for row in rows)]
    header, rows = tuple(header[at] for at in used), [tuple(row[at] for at in used) for row in rows]
    head = "".join(f'<th scope="col">{name}</th>' for name in header)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    label = f"<h4>{title}</h4>" if title else ""
    return f'{label}<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _prose(text: str) -> str:
    parts = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    marked = (_CODE.sub(r"<code>\1</code>", _text(part)) for part in parts)
    return "".join(f"<p>{part}</p>" for part in marked)


def _text(value: object) -> str:
    return html.escape(str(value))
