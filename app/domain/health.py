"""How a document stands with the rules: the one definition of severity and health, used by every list and badge."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Worst first."""

    error = "error"
    warning = "warning"
    info = "info"


class HealthState(StrEnum):
    """The worst that was found."""

    errors = "errors"
    warnings = "warnings"
    clean = "clean"
    not_checked = "not_checked"


_TONES = {
    HealthState.errors: "bad",
    HealthState.warnings: "warn",
    HealthState.clean: "ok",
    HealthState.not_checked: "unknown",
}


@dataclass(frozen=True, slots=True)
class Health:
    """State and counts. Notes of severity `info` do not count."""

    state: HealthState
    errors: int = 0
    warnings: int = 0

    @property
    def label(self) -> str:
        match self.state:
            case HealthState.errors:
                return _counted(self.errors, "error")
            case HealthState.warnings:
                return _counted(self.warnings, "warning")
            case HealthState.clean:
                return "Clean"
        return "Not checked"

    @property
    def tone(self) -> str:
        return _TONES[self.state]


NOT_CHECKED = Health(HealthState.not_checked)


def health_of(severities: Iterable[Severity]) -> Health:
    """The health of a checked text with findings of these severities."""
    found = list(severities)
    errors, warnings = found.count(Severity.error), found.count(Severity.warning)
    if errors:
        return Health(HealthState.errors, errors, warnings)
    return Health(HealthState.warnings if warnings else HealthState.clean, errors, warnings)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
