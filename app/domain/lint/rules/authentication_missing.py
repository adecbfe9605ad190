"""Rule `authentication-missing`."""

import re
from collections.abc import Iterator

from app.domain.health import Severity
from app.domain.lint.rule import Finding, Rule
from app.domain.model import Design
from app.domain.roles import Role

_ENDPOINT = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE)\s+/")

_SPOKEN_OF = re.compile(
    r"authenticat|\bauthn?\b|sign(?:ed|s)?[ -]in|log(?:ged|s)?[ -]?in\b|oauth|oidc|saml|\bsso\b|jwt|api[ -]?key|mtls"
    r"|bearer|credential|password|session|anonymous|cookie",
    re.IGNORECASE,
)


class AuthenticationMissing(Rule):
    """The design has HTTP endpoints, but says nothing about who calls them.

    Why: How a caller proves who they are shapes every endpoint and cannot be added behind; a reviewer has to know it
    first.

    Bad:
        ## Components

        ### Shop
        - **Interfaces**: `POST /orders`

    Good:
        ## Components

        ### Shop
        - **Interfaces**: `POST /orders`

        ## Authentication

        Signed tokens of the identity provider, checked at every call.
    """

    code = "PL601"
    name = "authentication-missing"
    severity = Severity.warning

    def check(self, design: Design) -> Iterator[Finding]:
        offering = (component for component in design.components if any(map(_ENDPOINT.search, component.interfaces)))
        first = next(offering, None)
        if first is None or any(section.role is Role.authentication for section in design.sections):
            return
        if not _SPOKEN_OF.search(design.text):
            yield self.finding("The design has endpoints but no word on authentication.", first.name_span, first.id)
