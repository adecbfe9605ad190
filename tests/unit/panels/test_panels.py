"""What panels say of themselves, against what answers them: a wrong name would only show as a gap or a 404."""

import re

import pytest

from app import pages as page_files
from app import panels
from app.api import server
from app.core.errors import NotFound
from app.domain.permissions import SITE, Permission, SiteRole
from app.gateway.pages import pages_in
from app.schemas.listing import Listing
from app.schemas.panels import Kind

EVERY = [pytest.param(panel, id=panel.address) for panel in panels.every()]


@pytest.fixture(scope="module")
def operations():
    described = server.application().openapi()["paths"]
    return {f"{method.upper()} {path}": one for path, methods in described.items() for method, one in methods.items()}


@pytest.mark.parametrize("panel", EVERY)
def test_filters_are_fields_of_the_query_and_options_are_values_that_it_takes(panel):
    assert issubclass(panel.query, Listing)
    for one in panel.filters:
        assert one.name in set(panel.query.model_fields) - set(Listing.model_fields)
        for value in one.options:
            panel.query.model_validate({one.name: value})


@pytest.mark.parametrize("panel", EVERY)
def test_calls_of_actions_are_operations_of_the_api(panel, operations):
    known = {re.sub(r"\{\w+\}", "{}", operation) for operation in operations}
    for action in panel.actions:
        assert re.sub(r"\{\w+\}", "{}", action.call) in known, action.call
        assert action.shows or action.done
        assert action.confirm or not action.grave, "what cannot be undone is asked first"
    for href, _ in panel.exports:
        assert f"GET {href.partition('?')[0]}" in operations


@pytest.mark.parametrize("panel", EVERY)
def test_names_are_used_once_and_every_order_is_of_a_column(panel):
    for names in ([column.key for column in panel.columns], [action.name for action in panel.actions]):
        assert len(names) == len(set(names))
    assert not panel.sort or panel.sort.removeprefix("-") in {column.sort for column in panel.columns if column.sort}
    assert panel.columns[0].kind in (Kind.text, Kind.time, Kind.code)


def test_each_has_a_page_that_asks_for_its_permission_and_a_place_of_its_own():
    pages = {page.route: page for page in pages_in(page_files)}
    for panel in panels.every():
        assert pages[panel.href].needs == {panel.permission}
    assert pages[panels.OVERVIEW].needs == {Permission.site_watch}
    places = [panel.place for panel in panels.every()]
    assert places == sorted(set(places))


@pytest.mark.req("AUTHZ-02")
def test_admin_pages_are_open_to_those_who_run_the_site():
    for role, held in SITE.items():
        runs_it = role in (SiteRole.owner, SiteRole.admin)
        assert panels.open_to(held) == ([panels.OVERVIEW, *(one.href for one in panels.every())] if runs_it else [])
    assert panels.open_to({Permission.audit_read}) == ["/admin/audit"]


def test_an_address_without_a_panel_is_not_found():
    with pytest.raises(NotFound):
        panels.find("nothing")
