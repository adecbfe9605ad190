"""A design in half a line, for lists: how much of what is in it, and what it depends on."""

from app.domain.model import Design

_NAMED = 3


def summary(design: Design) -> str:
    """Such as `3 components · 2 flows · depends on Ledger, Risk`; empty when nothing was recognised."""
    counted = (
        (len(design.components), "component", "components"),
        (len(design.flows), "flow", "flows"),
        (len(design.tables), "table", "tables"),
        (len([target for target in design.targets if target.value is not None]), "target", "targets"),
    )
    parts = [f"{number} {one if number == 1 else many}" for number, one, many in counted if number]
    outside = [external.name for external in design.externals]
    if outside:
        more = f" and {len(outside) - _NAMED} more" if len(outside) > _NAMED else ""
        parts.append(f"depends on {', '.join(outside[:_NAMED])}{more}")
    return " · ".join(parts)
