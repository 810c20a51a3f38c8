"""`hpkg stats` says of the report what a reader of the report can check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from hpkg.cli import run
from hpkg.export.stats import Statistics, statistics, told

if TYPE_CHECKING:
    from hpkg.home import Home
    from hpkg.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def found(sample_store: EmbeddedStore) -> Statistics:
    """The statistics of the sample."""
    return statistics(sample_store, ["402/BC-UBND"], "vi")


def test_the_most_linked_tasks_come_first(found: Statistics) -> None:
    """Tasks stand in order of what they are linked with, and the parts of the sum are told."""
    links = [task.links for task in found.connected]
    assert links == sorted(links, reverse=True)
    assert links[0] > 0
    assert all(sum(task.by_group.values()) == task.links for task in found.connected)


def test_communities_are_compared_with_the_groups_of_the_report(found: Statistics) -> None:
    """Tasks of a community are told by the number of their group, and the agreement is a percentage."""
    assert found.agreement is not None
    assert 0 < found.agreement <= 100
    for one in found.communities:
        assert sum(count for _, count in one.groups) == one.tasks > 0
        assert all(number.startswith("V.") for number, _ in one.groups)
    assert found.task_groups >= len({number for one in found.communities for number, _ in one.groups})


def test_an_indicator_that_a_task_names_is_not_isolated(sample_store: EmbeddedStore, found: Statistics) -> None:
    """Isolated are those with a result or a target that no task is linked with, and no others."""
    query = """
        SELECT DISTINCT ?label WHERE {
          VALUES ?class { hp:Result hp:Target } ?figure a ?class ; hp:forIndicator ?indicator .
          ?indicator skos:prefLabel ?label FILTER(LANG(?label) = "vi")
          FILTER NOT EXISTS { ?task hp:concernsIndicator ?indicator }
        }"""
    assert sorted(found.isolated) == sorted(str(row["label"]) for row in sample_store.select(query))
    assert found.indicators >= len(found.isolated) > 0


def test_a_bridge_has_tasks_of_several_pillars(sample_store: EmbeddedStore) -> None:
    """Each bridge between pillars is spoken of by tasks of at least two, and by more than one task."""
    for bridge in statistics(sample_store, language="en").bridges:
        assert len(bridge.pillars) > 1
        assert sum(bridge.pillars.values()) > 1


def test_the_same_seed_says_the_same(sample_store: EmbeddedStore, found: Statistics) -> None:
    """Nothing is left to chance."""
    assert statistics(sample_store, ["402/BC-UBND"], "vi") == found


@pytest.mark.parametrize(("language", "title"), [("vi", "# Mạng lưới nói gì"), ("en", "# What the network says")])
def test_it_is_told_in_words_or_in_figures(
    sample_home: Home,
    language: str,
    title: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command prints Markdown in the language asked for, or the same as JSON."""
    monkeypatch.setenv("HPKG_HOME", str(sample_home.root))
    assert run(["stats", "--lang", language]) == 0
    said = capsys.readouterr().out
    assert said.startswith(title)
    assert run(["stats", "--lang", language, "--format", "json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert all(task["number"] in said for task in figures["connected"])
    assert all(label in said for label in figures["isolated"])


def test_what_there_is_none_of_is_said(two_reports: EmbeddedStore) -> None:
    """Without indicators, communities or bridges the page says so, and does not fail."""
    said = told(statistics(two_reports))
    assert "0 of 0 indicators" in said
    assert "None." in said
