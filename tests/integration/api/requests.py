"""One well-formed request for each operation, about the things of the scene."""

from tests.integration.api.scene import PASSWORD, Scene

MARKDOWN = {"content-type": "text/markdown"}


BODIES: dict[str, dict] = {
    "POST /auth/setup": {"data": {"token": "x", "name": "N", "email": "n@example.org", "password": PASSWORD}},
    "POST /api/v1/auth/login": {"json": {"email": "reader@example.org", "password": PASSWORD}},
    "POST /api/v1/auth/refresh": {"json": {"refresh_token": "A" * 43}},
    "POST /api/v1/auth/reauthenticate": {"json": {"password": PASSWORD}},
    "PATCH /api/v1/me": {"json": {"name": "Another Name"}},
    "PUT /api/v1/me/password": {"json": {"current": "not this", "new": PASSWORD}},
    "POST /api/v1/me/tokens": {"json": {"name": "CI", "scopes": ["documents:read"]}},
    "POST /auth/reauthenticate": {"data": {"password": PASSWORD}},
    "POST /auth/second-factor": {"data": {"ticket": "A" * 43, "code": "123456"}},
    "POST /auth/passkey": {"json": {"credential": {}}},
    "POST /api/v1/auth/second-factor": {"json": {"ticket": "A" * 43, "code": "123456"}},
    "POST /api/v1/me/second-factor/confirmation": {"json": {"code": "000000"}},
    "POST /api/v1/me/passkeys": {"json": {"credential": {}}},
    "POST /auth/sign-in": {"data": {"email": "reader@example.org", "password": PASSWORD}},
    "DELETE /api/v1/documents/{number}": {"headers": {"if-match": '"4"'}},
    "PUT /api/v1/documents/{number}/text": {"content": b"# Put\n", "headers": {"if-match": '"2"', **MARKDOWN}},
    "POST /api/v1/documents/{number}/merge": {"json": {"base": 3, "text": "# Merged\n"}},
    "PUT /api/v1/documents/{number}/sharing/people/{user_id}": {"json": {"role": "author"}},
    "POST /api/v1/documents/{number}/sharing/links": {"json": {"days": 3}},
    "POST /api/v1/spaces": {"json": {"key": "NEW", "name": "New space"}},
    "PATCH /api/v1/spaces/{key}": {"json": {"description": "What it is for"}, "headers": {"if-match": '"1"'}},
    "PUT /api/v1/spaces/{key}/members/{user_id}": {"json": {"role": "author"}},
    "PUT /api/v1/spaces/{key}/groups/{group_id}": {"json": {"role": "reader"}},
    "PATCH /api/v1/users/{user_id}": {"json": {"role": "guest"}},
    "POST /api/v1/groups": {"json": {"name": "New group"}},
    "PATCH /api/v1/groups/{group_id}": {"json": {"name": "Base"}, "headers": {"if-match": '"1"'}},
    "DELETE /api/v1/groups/{group_id}": {"headers": {"if-match": '"2"'}},
    "POST /api/v1/roles": {"json": {"name": "New role", "level": "site", "permissions": ["audit:read"]}},
    "PATCH /api/v1/roles/{role_id}": {"json": {"name": "Usher"}, "headers": {"if-match": '"1"'}},
    "DELETE /api/v1/roles/{role_id}": {"headers": {"if-match": '"2"'}},
    "POST /auth/link": {"data": {"token": "A" * 43, "kind": "reset"}},
    "POST /auth/sign-up": {"data": {"email": "n@example.org"}},
    "POST /auth/sign-up/finish": {"data": {"token": "A" * 43, "name": "N", "password": PASSWORD}},
    "POST /auth/reset": {"data": {"email": "n@example.org"}},
    "POST /auth/reset/new": {"data": {"token": "A" * 43, "password": PASSWORD}},
    "POST /auth/address": {"data": {"token": "A" * 43}},
    "POST /auth/invitation": {"data": {"token": "A" * 43}},
    "POST /auth/invitation/new": {"data": {"token": "A" * 43, "name": "N", "password": PASSWORD}},
    "POST /auth/providers/{provider}/invitation": {"data": {"token": "A" * 43}},
    "POST /api/v1/invitations": {"json": {"email": "n@example.org"}},
    "POST /api/v1/me/email": {"json": {"email": "new@example.org"}},
}


def request(scene: Scene, operation: str) -> tuple[str, str, dict]:
    """One well-formed request for the operation."""
    method, path = operation.split(" ")
    named: dict[str, object] = {"number": scene.number, "digest": scene.digest, "batch_id": scene.batch}
    named |= {"provider": "google", "diagram": "components", "notation": "svg"}
    theirs = ("session_id", "token_id", "passkey_id", "job_id", "mail_id", "identity_id", "invitation_id")
    named |= dict.fromkeys(theirs, scene.theirs)
    named |= {"key": "ENG", "group_id": scene.group, "role_id": scene.role, "link_id": scene.link, "secret": "A" * 43}
    named |= {"evidence_id": scene.evidence, "user_id": _person(scene, operation)}
    path = path.format(**named, address=scene.address, shown="rendered", old=1, new=1)
    sent = _about(scene)
    return method, path, sent.get(operation, BODIES.get(operation, {}))


def _about(scene: Scene) -> dict[str, dict]:
    """What is sent about the things of the scene, or with a file."""
    file = ("new.md", b"# New\n\nText.\n", "text/markdown")
    return {
        "POST /api/v1/documents/{number}/revisions": {"files": {"text": file}, "headers": {"if-match": '"1"'}},
        "PATCH /api/v1/documents/{number}": {"json": {"owner": scene.member}, "headers": {"if-match": '"4"'}},
        "POST /api/v1/users/{user_id}/hand-over": {"json": {"to": scene.member}},
        "POST /api/v1/documents": {"json": {"space": "ENG", "text": "# Made\n"}},
        "POST /api/v1/spaces/{key}/evidence": {"files": {"file": ("junit.xml", b"<testsuite/>", "text/xml")}},
        "POST /api/v1/imports": {"data": {"space": "ENG"}, "files": {"files": file}},
        "POST /api/v1/imports/answers": {
            "json": {"batch_id": scene.batch, "item_id": scene.item, "choice": "drop"},
        },
    }


def _person(scene: Scene, operation: str) -> str:
    """Who is acted on: taken out is who is in, handed over and erased who goes."""
    if operation.endswith(("/hand-over", "DELETE /api/v1/users/{user_id}")):
        return scene.leaver
    return scene.member if operation.startswith("DELETE") else scene.bystander
