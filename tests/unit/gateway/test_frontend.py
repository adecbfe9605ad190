"""The changes to Reflex's own files, tried on the files of the installed version: they fail when Reflex changes."""

import json
from pathlib import Path

import pytest
import reflex_base
from reflex.config import get_config
from reflex.utils import frontend_skeleton

from app.gateway import frontend
from app.gateway.frontend import BuildPlugin, socket_from_location, with_shells

WEB = Path(reflex_base.__file__).parent / ".templates" / "web"
STATE_JS = (WEB / "utils" / "state.js").read_text()


def test_the_socket_leads_to_where_the_page_came_from():
    changed = socket_from_location(STATE_JS)
    assert "endpoint.host = window.location.host;" in changed
    assert "frontend_hostname;" not in changed
    assert 'endpoint.port = "";' not in changed
    assert socket_from_location(changed) == changed, "a second build changes nothing"


def test_every_page_is_rendered_ahead_and_nothing_else_changes():
    config = frontend_skeleton._update_react_router_config(get_config(), prerender_routes=True)
    changed = with_shells(["/", "/d/shell"], config)
    before = json.loads(config.removeprefix("export default ").rstrip(";"))
    after = json.loads(changed.removeprefix("export default ").rstrip(";"))
    assert after == {**before, "prerender": ["/", "/d/shell"]}
    developing = frontend_skeleton._update_react_router_config(get_config(), prerender_routes=False)
    assert with_shells(["/"], developing) == developing


@pytest.mark.parametrize(
    "source",
    [
        STATE_JS.replace("endpoint.hostname = frontend_hostname;", "endpoint.hostname = other;"),
        STATE_JS.replace("// Assume websocket is on https port via load balancer.", ""),
        STATE_JS + "\n    endpoint.hostname = frontend_hostname;",
    ],
)
def test_a_place_that_is_gone_or_doubled_stops_the_build(source):
    with pytest.raises(RuntimeError, match="Reflex's files have changed"):
        socket_from_location(source)


def test_the_plugin_changes_these_two_files_and_brings_the_fonts():
    tasks = {}
    plugin = BuildPlugin(lambda: ["/d/shell"])
    plugin.pre_compile(add_modify_task=tasks.__setitem__)
    assert set(tasks) == {"utils/state.js", "react-router.config.js"}
    assert '"/d/shell"' in tasks["react-router.config.js"]('x = {"prerender": true}')
    assert plugin.get_frontend_dependencies() == list(frontend.FONTS)
    assert all(name.rpartition("@")[2][0].isdigit() for name in frontend.FONTS), "versions are pinned"
