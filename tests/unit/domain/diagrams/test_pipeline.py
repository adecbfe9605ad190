"""Pipelines: stages in order, gates, environments, and lines that are broken to the page's width."""

from app.domain.diagrams.pipeline import MOST_STAGES, pipeline_svg
from app.domain.parse import parse
from tests.unit.domain.diagrams.drawn import Drawn


def delivery(*stages, environments=("Staging", "Production")):
    places = "".join(f"- {name}\n" for name in environments)
    lines = "".join(f"{at}. {stage}\n" for at, stage in enumerate(stages, 1))
    return parse(f"## Environments\n\n{places}\n## Pipeline\n\n{lines}")


def test_gates_and_environments_are_shown_as_what_they_are():
    design = delivery("Build & test", "Deploy to staging", "Manual approval", "Deploy to production", "Deploy to mars")
    drawn = Drawn(pipeline_svg(design, lambda line: f"L{line}"))
    drawn.assert_sound()
    assert drawn.label == "Pipeline: 5 stages, 1 manual gate"
    assert drawn.titles("graph-gate") == ["Manual approval (manual gate)"]
    assert drawn.titles("graph-place") == ["Staging", "Production"]
    assert drawn.titles("graph-external") == ["mars (no such environment is declared)"]
    assert drawn.all("graph-gate")[0].get("href") == "#L10"
    assert drawn.all("graph-gate")[0].get("data-id") == design.stages[2].id


def test_many_stages_stay_within_the_page_and_are_cut():
    drawn = Drawn(pipeline_svg(delivery(*[f"Step number {at} of the way" for at in range(MOST_STAGES + 1)])))
    drawn.assert_sound()
    assert drawn.width <= 720
    assert "1 more stage not drawn" in drawn.label
    assert len(drawn.boxes()) == MOST_STAGES


def test_a_long_environment_has_room():
    design = delivery("Deploy to a-very-long-name-of-a-place", "Deploy to another-long-name-of-one")
    Drawn(pipeline_svg(design)).assert_sound()
