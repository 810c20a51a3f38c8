"""Compare what the reader finds with the golden facts, by the conventions of `README.md` beside this file.

A score counts units of comparison: numbers, mentions, pairs of task and pillar. What the golden facts call optional or
accepted is counted neither as missed when absent nor as false when found.
"""

from __future__ import annotations

import json
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from tests.golden.matching import (
    Record,
    Score,
    agrees,
    match,
    number_of,
    overlap,
    readings,
    score_sets,
    span_of,
    told_of,
    union,
)

from hpkg.namespaces import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Golden", "compare", "load_golden"]

Golden: TypeAlias = dict[str, list[Record]]

FOLDER = Path(__file__).parent / "402-bc-ubnd-2020"
_KIND_WORDS = ("thanh pho ", "tinh ", "quan ", "huyen ", "thi xa ", "xa ", "phuong ", "thi tran ", "dao ")


def load_golden(folder: Path = FOLDER) -> Golden:
    """Return the golden records by file name."""
    return {
        path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in sorted(folder.glob("*.jsonl"))
    }


def compare(text: str, found: Iterable[Record], golden: Golden) -> list[Score]:
    """Return one score for each kind of fact, `found` being the records of `hpkg facts` on `text`."""
    by_type: Golden = {}
    for record in found:
        by_type.setdefault(record["type"], []).append(record)
    read = _Read(text, by_type, golden)
    return [
        *read.outline(),
        *read.measurements(),
        read.assessments(),
        *read.tasks(),
        *read.things("places", "place", _same_place),
        *read.things("organisations", "organisation", _same_kind),
        *read.documents(),
        *read.events(),
        *read.projects(),
        *read.findings(),
        *read.corrections(),
    ]


def bare(label: str) -> str:
    """Return a place's name without the word for its kind, folded.

    >>> bare("Huyện Cát Hải")
    'cat hai'
    """
    folded = fold(label)
    return next((folded.removeprefix(word) for word in _KIND_WORDS if folded.startswith(word)), folded)


def _same_place(golden: Record, found: Record) -> bool:
    return any(
        reading["code"] == found["code"] and (reading["code"] or bare(reading["label"]) == bare(found["label"]))
        for reading in readings(golden)
    )


def _same_kind(golden: Record, found: Record) -> bool:
    return agrees(golden, found, ["kind"])


class _Read:
    """One comparison: the text, what was found by type, and what is right by file."""

    def __init__(self, text: str, found: Golden, golden: Golden) -> None:
        self.text = text
        self.found = found
        self.golden = golden

    def outline(self) -> Iterator[Score]:
        """Yield the scores of sections and sentences; the marks that close a sentence or title do not count."""
        for name, kind, names in (
            ("sections", "section", ("section", "number", "level", "parent")),
            ("sentences", "sentence", ("section",)),
        ):

            def key(record: Record, names: tuple[str, ...] = names) -> tuple[Any, ...]:
                title = fold(record.get("title") or "").rstrip(" .;:")
                start = () if "title" in record else (record["start"], record["end"] - self._closing(record["text"]))
                return (*(record[name] for name in names), title, *start)

            golden, found = self.golden[name], self.found.get(kind, [])
            right = {key(record) for record in golden}
            got = {key(record) for record in found}
            score = Score(name, len(right & got))
            score.missed = [told_of(record) for record in golden if key(record) not in got]
            score.false = [told_of(record) for record in found if key(record) not in right]
            yield score

    @staticmethod
    def _closing(text: str) -> int:
        return len(text) - len(text.rstrip(" ./\n"))

    def measurements(self) -> Iterator[Score]:
        """Yield the scores of the quantities, matched where their numbers overlap."""
        golden, found = self.golden["measurements"], self.found.get("measurement", [])
        amount = ("value", "low", "high", "unit")
        matching = match(golden, found, number_of, lambda one, other: agrees(one, other, amount))
        yield matching.score("quantities")
        yield matching.score_fields("quantities: value, unit", amount)
        yield matching.score_fields("quantities: kind, comparator, direction", ("kind", "comparator", "direction"))
        yield matching.score_fields("quantities: period", ("period",))
        yield matching.score_fields("quantities: area", ("area",))
        yield matching.score_fields("quantities: estimated", ("estimated",))
        yield matching.score("quantities: indicator", _same_indicator, _indicator)
        starts = {one["start"]: other["id"] for one, other in matching.pairs}
        yield matching.score(
            "quantities: part or growth of",
            lambda one, other: any(starts.get(reading["of"]) == other["of"] for reading in readings(one)),
            lambda record: record["of"],
        )

    def assessments(self) -> Score:
        """Return the score of the judged indicators: number, verdict and whether a cause is given."""
        golden, found = self.golden["assessments"], self.found.get("assessment", [])

        def holds(one: Record, other: Record) -> bool:
            cause = one["cause"] in (other["cause"] or "") if one["cause"] else other["cause"] is None
            return one["number"].strip("()") == other["number"] and one["status"] == other["status"] and cause

        return match(golden, found).score("assessments", holds)

    # --- tasks

    def tasks(self) -> Iterator[Score]:
        """Yield the scores of the tasks and of what they are tied to; a task is known by its number."""
        golden, found = self.golden["tasks"], self.found.get("task", [])
        known = {record["number"]: record for record in golden}
        got = {record["number"]: record for record in found}
        right = {
            number
            for number, record in known.items()
            if number in got
            and record["level"] == got[number]["level"]
            and overlap(span_of(record), span_of(got[number])) > 0.8 * union(span_of(record), span_of(got[number]))
        }
        yield Score(
            "tasks",
            len(right),
            [f"{number} {told_of(record)}" for number, record in known.items() if number not in right],
            [f"{number} {told_of(record)}" for number, record in got.items() if number not in right],
        )
        yield from self._pillars(golden, found)
        yield score_sets(
            "tasks: theme",
            {record["number"] for record in golden if record["theme"]},
            {record["number"] for record in golden if "theme_accepted" in record},
            {record["number"] for record in found if record["theme"]},
        )
        yield score_sets(
            "tasks: dual goal",
            {record["number"] for record in golden if record["dual_goal"]},
            {record["number"] for record in golden if "dual_goal_accepted" in record},
            {record["number"] for record in found if record["dual_goal"]},
        )
        yield score_sets(
            "tasks: deadline",
            {(record["number"], record["deadline"]) for record in golden if record["deadline"]},
            {(record["number"], year) for record in golden for year in record.get("deadline_accepted", ())},
            {(record["number"], record["deadline"]) for record in found if record["deadline"]},
        )
        yield from self._task_links(golden, found)

    def _pillars(self, golden: list[Record], found: list[Record]) -> Iterator[Score]:
        accepted = {(record["number"], pillar) for record in golden for pillar in record.get("pillars_accepted", ())}
        served = [_links(records) for records in (golden, found)]
        yield score_sets("pillars", {link[:2] for link in served[0]}, accepted, {link[:2] for link in served[1]})
        yield score_sets(
            "pillars: basis",
            served[0],
            {link for link in served[1] if link[:2] in accepted},
            served[1],
        )

    def _task_links(self, golden: list[Record], found: list[Record]) -> Iterator[Score]:
        """Yield the scores of the places and documents of tasks, compared by code, number and name."""
        places = {record["id"]: record["code"] or bare(record["label"]) for record in self.found.get("place", [])}
        documents = {
            record["id"]: fold(record["number"] or record["label"]) for record in self.found.get("document", [])
        }
        numbers = [record["number"] for record in self.golden["documents"] if record["number"]]
        yield score_sets(
            "tasks: places",
            {(task["number"], place["code"] or bare(place["label"])) for task in golden for place in task["places"]},
            {
                (task["number"], place["code"] or bare(place["label"]))
                for task in golden
                for place in task.get("places_accepted", ())
            },
            {(task["number"], places[iri]) for task in found for iri in task["places"]},
        )
        yield score_sets(
            "tasks: numbered documents",
            {
                (task["number"], fold(number))
                for task in golden
                for label in task["documents"]
                for number in numbers
                if label.endswith(number)
            },
            set(),
            {
                (task["number"], documents[iri])
                for task in found
                for iri in task["documents"]
                if documents[iri][:1].isdigit()
            },
        )

    # --- things

    def things(self, name: str, kind: str, same: Callable[[Record, Record], bool]) -> Iterator[Score]:
        """Yield the scores of the mentions of things: where they stand, and whether they mean the right thing."""
        golden = list(_mentions(self.golden[name]))
        found = list(_mentions(self.found.get(kind, [])))
        matching = match(golden, found, better=lambda one, other: same(one["thing"], other["thing"]))
        yield matching.score(name, lambda one, other: same(one["thing"], other["thing"]), _say_thing)
        yield matching.score(f"{name}: kind", lambda one, other: _same_kind(one["thing"], other["thing"]), _say_thing)

    def documents(self) -> Iterator[Score]:
        """Yield the scores of the cited documents: all, and those with a number and what is said of them."""
        golden = list(_mentions(self.golden["documents"]))
        yield match(golden, list(_mentions(self.found.get("document", [])))).score("documents")
        numbered = [record for record in self.golden["documents"] if record["number"]]
        cited = [record for record in self.found.get("document", []) if record["number"]]
        matching = match(numbered, cited)
        for name in ("number", "kind", "date", "issuer"):
            yield matching.score_fields(f"numbered documents: {name}", [name])

    def events(self) -> Iterator[Score]:
        """Yield the scores of the events: where they are named, that mentions of one are one, kind and date."""
        golden = list(_mentions(self.golden["events"]))
        matching = match(golden, list(_mentions(self.found.get("event", []))))
        yield matching.score("events")
        ids: dict[int, list[str]] = {}
        for one, other in matching.pairs:
            ids.setdefault(id(one["thing"]), []).append(other["thing"]["id"])
        yield matching.score(
            "events: one node each",
            lambda one, other: ids[id(one["thing"])].count(other["thing"]["id"]) * 2 > len(ids[id(one["thing"])]),
            _say_thing,
        )
        yield matching.score("events: kind", lambda one, other: _same_kind(one["thing"], other["thing"]), _say_thing)
        yield matching.score(
            "events: date",
            lambda one, other: agrees(one["thing"], other["thing"], ["date"]),
            lambda mention: mention["thing"]["date"],
        )

    def projects(self) -> Iterator[Score]:
        """Yield the scores of the projects: mentions, status, kind and places."""
        golden = list(_mentions(self.golden["projects"]))
        matching = match(golden, list(_mentions(self.found.get("project", []))))
        yield matching.score("projects")
        yield matching.score("statuses", _same_status, lambda record: record["status"])
        yield matching.score(
            "projects: kind",
            lambda one, other: other["thing"]["kind"] in (one["thing"]["kind"], *one["thing"].get("kind_accepted", ())),
            _say_thing,
        )
        codes = {record["id"]: record["code"] or bare(record["label"]) for record in self.found.get("place", [])}
        links = {
            (one["thing"]["label"], codes.get(iri, iri))
            for one, other in matching.pairs
            for iri in other["thing"]["places"]
        }
        yield score_sets("projects: places", *self._sites(), links)
        yield from self._bonds(matching.pairs)

    @staticmethod
    def _bonds(pairs: Sequence[tuple[Record, Record]]) -> Iterator[Score]:
        """Yield the scores of what ties projects: mentions of one thing, wholes and investors, among those found."""

        def together(records: Iterable[tuple[int, str]]) -> set[Any]:
            groups: dict[str, list[int]] = defaultdict(list)
            for start, thing in records:
                groups[thing].append(start)
            return {pair for starts in groups.values() for pair in combinations(sorted(starts), 2)}

        yield score_sets(
            "projects: one thing",
            together((one["start"], one["thing"]["label"]) for one, _ in pairs),
            set(),
            together((one["start"], other["thing"]["id"]) for one, other in pairs),
        )
        labels = {other["thing"]["id"]: one["thing"]["label"] for one, other in pairs}
        named = {one["thing"]["label"]: one["thing"] for one, _ in pairs}
        yield score_sets(
            "projects: part of",
            {(label, thing["part_of"]) for label, thing in named.items() if thing.get("part_of") in named},
            set(),
            {
                (one["thing"]["label"], labels.get(other["thing"]["part_of"], ""))
                for one, other in pairs
                if other["thing"]["part_of"]
            },
        )
        yield score_sets(
            "projects: investor",
            {(label, thing["investor"]) for label, thing in named.items() if thing["investor"]},
            set(),
            {(one["thing"]["label"], other["thing"]["investor"]) for one, other in pairs if other["thing"]["investor"]},
        )

    def _sites(self) -> tuple[set[Any], set[Any]]:
        """Return the pairs of project and place that are right, and those that are accepted."""
        wanted: set[Any] = set()
        accepted: set[Any] = set()
        for project in self.golden["projects"]:
            places, others = (
                {(project["label"], place["code"] or bare(place["label"])) for place in project.get(name, ())}
                for name in ("places", "places_accepted")
            )
            (accepted if project.get("optional") else wanted).update(places)
            accepted |= others
        return wanted, accepted

    # --- findings and corrections

    def findings(self) -> Iterator[Score]:
        """Yield the scores of shortcomings, causes, and the links between them."""
        paired: dict[str, int] = {}
        for kind in ("shortcoming", "cause"):
            golden = [record for record in self.golden["findings"] if record["type"] == kind]
            found = self.found.get(kind, [])
            matching = match(golden, found)
            paired |= {other["id"]: one["start"] for one, other in matching.pairs}
            yield matching.score(f"{kind}s")
        lacking = [record for record in self.golden["findings"] if record["type"] == "shortcoming"]
        yield score_sets(
            "causes of shortcomings",
            {(one["start"], cause["start"], cause["basis"]) for one in lacking for cause in one["causes"]},
            set(),
            {
                (paired.get(one["id"]), paired.get(cause), "inferred" if cause in one["inferred"] else "stated")
                for one in self.found.get("shortcoming", [])
                for cause in one["causes"]
            },
        )
        objectives = self.found.get("objective", [])
        yield match(self.golden["goals"], [one for one in objectives if one["dual"]]).score("dual goal")
        yield match(self.golden["objectives"], [one for one in objectives if not one["dual"]]).score(
            "objectives",
            lambda one, other: sorted(other["pillars"]) == sorted(link["pillar"] for link in one["pillars"]),
        )

    def corrections(self) -> Iterator[Score]:
        """Yield the scores of mended slips: right if the words around come out the same."""
        golden, found = self.golden["corrections"], self.found.get("correction", [])
        matching = match(golden, found, better=self._mends_alike)

        def tell(record: Record) -> str:
            return f"→ {record['normalised']} ({record['reason']})"

        yield matching.score("corrections", self._mends_alike, tell)
        yield matching.score("corrections: reason", lambda one, other: agrees(one, other, ["reason"]), tell)

    def _mends_alike(self, one: Record, other: Record) -> bool:
        start, end = min(one["start"], other["start"]), max(one["end"], other["end"])
        mended = [
            " ".join((self.text[start : it["start"]] + it["normalised"] + self.text[it["end"] : end]).split())
            for it in (one, other)
        ]
        return mended[0] == mended[1]


def _links(tasks: Iterable[Record]) -> set[tuple[str, str, str]]:
    return {(task["number"], link["pillar"], link["basis"]) for task in tasks for link in task["pillars"]}


def _mentions(records: Iterable[Record]) -> Iterator[Record]:
    """Yield each mention with its thing, and with what the thing says of being optional."""
    for record in records:
        for mention in record["mentions"]:
            yield {"optional": record.get("optional", False), **mention, "thing": record}


def _say_thing(mention: Record) -> str:
    thing = mention["thing"]
    return f"= {thing['label']} ({thing['kind']} {thing.get('code') or ''})"


def _indicator(record: Record) -> str:
    return str(record.get("indicator_key") or record["indicator"]).rpartition("/")[2]


def _same_indicator(golden: Record, found: Record) -> bool:
    """Tell whether the indicator is the same; where the vocabulary has none, a golden key of its own counts as none."""
    return any(reading["indicator_key"] == _indicator(found) for reading in readings(golden))


def _same_status(golden: Record, found: Record) -> bool:
    accepted = (golden["status"], *golden.get("status_accepted", ()))
    return found["status"] in accepted and found["period"] == golden["period"]
