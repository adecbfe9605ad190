"""How a change of a model element is said, in the author's names. Which things changed is decided elsewhere."""

from app.domain.diff.elements import Element

_LONGEST = 60
_LISTS = {
    "depends": ("{name} now depends on {value}", "{name} no longer depends on {value}"),
    "offers": ("{name} now offers {value}", "{name} no longer offers {value}"),
    "answer": ("{name} may now answer {value}", "{name} no longer answers {value}"),
}


def short(text: str) -> str:
    """One line that fits into a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def title(element: Element) -> str:
    """What the element is called in a sentence; long names are quoted."""
    quoted = element.noun in ("question", "decision", "placeholder")
    return f"{element.noun} “{short(element.name)}”" if quoted else f"{element.noun} {short(element.name)}"


def came(element: Element) -> str:
    return f"{title(element)} added"


def went(element: Element) -> str:
    return f"{title(element)} removed"


def renamed(old: Element, new: Element) -> str:
    if old.noun in ("link", "image"):
        return f"{old.noun} target {short(old.name)} → {short(new.name)}"
    return f"{title(old)} renamed {short(new.name)}"


def value_changed(element: Element, fact: str, old: str, new: str) -> str:
    """A fact with one value; a long one is not quoted."""
    name = short(element.name)
    if fact == "answered":
        return f"{title(element)} {'answered' if new == 'yes' else 'open again'}"
    if fact == "null":
        return f"{name} {'may now' if new == 'yes' else 'may no longer'} be null"
    if element.noun == "target" and fact == "value":
        return f"{name} target {_values(old, new)}"
    about = f"field {name}" if element.noun == "field" else f"{fact} of {name}"
    if max(len(old), len(new)) > _LONGEST or "\n" in old + new:
        return f"{about} changed"
    return f"{about}: {old or 'none'} → {new or 'none'}"


def _values(old: str, new: str) -> str:
    """A comparator that stayed is not said."""
    sign = old.split(" ", maxsplit=1)[0]
    if sign in ("<", "<=", ">", ">=") and new.startswith(f"{sign} "):
        old, new = old.removeprefix(f"{sign} "), new.removeprefix(f"{sign} ")
    return f"{old or 'without a number'} → {new or 'without a number'}"


def item_changed(element: Element, fact: str, value: str, *, added: bool) -> str:
    """One item of a fact that is a list."""
    forms = _LISTS.get(fact)
    if forms:
        return forms[0 if added else 1].format(name=short(element.name), value=short(value))
    verb, link = ("added", "to") if added else ("removed", "from")
    return f"{fact} “{short(value)}” {verb} {link} {short(element.name)}"


def order_changed(element: Element, fact: str) -> str:
    return (
        f"order of the {element.name} changed"
        if fact == "order"
        else f"order of {fact} in {short(element.name)} changed"
    )
