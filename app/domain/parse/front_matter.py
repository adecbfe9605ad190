"""The YAML of a document's fields, as it stands between rules above the text or in a file beside it.

Only reading, bounded in time and depth; what the names mean is said elsewhere.
"""

import yaml

_LONGEST = 16_000
_MOST_BRACKETS = 400


class BadYaml(Exception):
    """What is wrong, as the end of a sentence, and the line and column (from 0) where that is known."""

    def __init__(self, problem: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(problem)
        self.place = place


def read_mapping(text: str) -> yaml.MappingNode | None:
    """Names and values in order; None where nothing is said. Raises `BadYaml`."""
    if len(text.encode()) > _LONGEST:
        raise BadYaml(f"is longer than {_LONGEST} bytes and was not read")
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        raise BadYaml("has more brackets than fields can need and was not read")
    try:
        root = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line, mark.column) if mark else None
        raise BadYaml(f"is no valid YAML: {error.problem or error.context}", place) from None
    except (yaml.YAMLError, RecursionError):
        raise BadYaml("is no valid YAML") from None
    if root is not None and not isinstance(root, yaml.MappingNode):
        raise BadYaml("is no list of `name: value` lines")
    return root


def scalars(node: yaml.Node) -> list[str]:
    """A scalar, or the scalars of a flat list; deeper things are not fields of ours."""
    if isinstance(node, yaml.ScalarNode):
        return [node.value] if node.value else []
    if isinstance(node, yaml.SequenceNode):
        return [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
    return []


def _composed(text: str) -> yaml.Node | None:
    """By the reader in C, which is ten times as fast; what it refuses, the other one explains better."""
    try:
        return yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)
