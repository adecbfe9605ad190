"""Rule `layer-violation`."""

from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design, name_key


class LayerViolation(Rule):
    """A component depends on one in a layer above its own.

    Why: Layers say what may be built, tested and replaced without what. One dependency upwards, and the lower layer
    cannot do without the upper.

    Bad:
        ## Architecture

        ### Layers

        1. Routes
        2. Services

        ## Components

        ### API
        - **Layer**: Routes

        ### Orders
        - **Layer**: Services
        - **Dependencies**: API

    Good:
        ## Architecture

        ### Layers

        1. Routes
        2. Services

        ## Components

        ### API
        - **Layer**: Routes
        - **Dependencies**: Orders

        ### Orders
        - **Layer**: Services
    """

    code = "PL207"
    name = "layer-violation"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        order = {layer.key: at for at, layer in enumerate(design.layers)}
        places = {component.key: order.get(name_key(component.layer)) for component in design.components}
        for component in design.components:
            own = order.get(name_key(component.layer))
            for reference in component.dependencies:
                other = places.get(reference.key)
                if own is not None and other is not None and other < own:
                    yield self.finding(
                        f"{component.name} ({component.layer}) depends on {reference.name}, "
                        f"which is in the layer {design.layers[other].name} above it.",
                        reference.span,
                        component.id,
                    )
