"""What happened to evidence. `object_id` is the space; `details` hold the file's id, kind, size and SHA-256."""

from app.services.events import Action, Event


class EvidenceAdded(Event):
    action = Action.evidence_added
    object_type = "space"


class EvidenceRemoved(Event):
    action = Action.evidence_removed
    object_type = "space"
