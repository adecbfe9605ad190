"""Pipelines: stages in order, gates, environments, and lines that are broken to the page's width."""

from app.domain.diagrams import mermaid
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
    drawn = Drawn(
        pipeline_svg(delivery(*[f"Step number {at} of the way" for at in range(MOST_STAGES + 1)], environments=()))
    )
    drawn.assert_sound()
    assert drawn.width <= 720
    assert "1 more stage not drawn" in drawn.label
    assert len(drawn.boxes()) == MOST_STAGES


def test_a_long_environment_has_room():
    design = delivery("Deploy to a-very-long-name-of-a-place", "Deploy to another-long-name-of-one")
    Drawn(pipeline_svg(design)).assert_sound()


def test_an_environment_that_no_stage_deploys_to_is_there_in_words_and_dashed():
    design = delivery("Build", "Deploy to prod", environments=("Staging", "Production", "A very long name of a place"))
    drawn = Drawn(pipeline_svg(design, lambda line: f"L{line}"))
    drawn.assert_sound()
    assert drawn.label == "Pipeline: 2 stages, 0 manual gates; 2 environments that no stage deploys to"
    idle = ["Staging (no stage deploys to it)", "A very long name of a place (no stage deploys to it)"]
    assert drawn.titles("graph-external") == idle
    assert drawn.titles("graph-place") == ["Production", *idle]
    assert [words.text for words in drawn.all("graph-words")] == ["Not deployed by any stage:"]
    assert drawn.all("graph-external")[0].get("href") == "#L3"
    assert drawn.all("graph-external")[0].get("data-id") == design.environments[0].id


def test_many_environments_are_broken_to_the_pages_width():
    drawn = Drawn(pipeline_svg(delivery("Build", environments=[f"Place number {at}" for at in range(20)])))
    drawn.assert_sound()
    assert drawn.width <= 720
    assert len(drawn.all("graph-external")) == 20


def test_mermaid_marks_it_as_well():
    shown = mermaid.pipeline(delivery("Deploy to prod")).splitlines()
    assert shown[1:] == [
        '  s1["Deploy to prod"]',
        '  s1 -.-> e1(["Production"])',
        '  n1(["Staging (not deployed)"])',
        "  style n1 stroke-dasharray: 4 3",
    ]
