"""One table a fact type, with the columns of the records."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from tests.passage import read_passage

from hpkg.export.facts import fact_tables
from hpkg.model import FACT_TYPES, Fact, Measurement, Mention, Place, Task, to_record


def _measurement(value: Decimal) -> Measurement:
    return Measurement(
        id="m", report="r", section="p1", start=0, end=4, text="41 %", indicator=None, indicator_label=None,
        value=value, comparator="=", unit="percent", unit_text="%", kind="result", direction=None, period="2020",
        area="Hải Phòng", estimated=False, of=None,
    )  # fmt: skip


def _place() -> Place:
    mention = Mention(start=3, end=9, text="Đồ Sơn", section="p1")
    return Place(
        id="p", report="r", section="p1", start=3, end=9, text="Đồ Sơn", label="quận Đồ Sơn", kind="urban-district",
        code="308", wikidata=None, mentions=(mention,),
    )  # fmt: skip


def test_each_type_has_a_table_with_the_keys_of_its_records() -> None:
    """Columns are the keys of `to_record`, in that order; inner fields stay out."""
    place, measurement = _place(), _measurement(Decimal(41))
    tables = {table.name: table for table in fact_tables([place, measurement])}
    assert sorted(tables) == ["measurement", "place"]
    for fact in (place, measurement):
        assert [column.name for column in tables[fact.type].columns] == list(to_record(fact))
    assert tables["place"].rows[0][-1] == [{"start": 3, "end": 9, "text": "Đồ Sơn", "section": "p1"}]
    names = [column.name for column in tables["measurement"].columns]
    assert tables["measurement"].rows[0][names.index("value")] == Decimal(41)


def test_a_task_has_its_charged_bodies_and_its_deadline_as_columns() -> None:
    """Who is to do it stands apart from who is merely named, and by when in a column of its own."""
    said = "Giao Sở Tài chính phối hợp với Sở Xây dựng rà soát quỹ đất, hoàn thành trước ngày 30/6/2021."
    tasks = [task for task in read_passage(f"1. Quỹ đất\n\n{said}", "tasks").facts(Task) if task.level == "task"]
    (table,) = fact_tables(tasks)
    (row,) = (dict(zip((column.name for column in table.columns), values, strict=True)) for values in table.rows)
    assert [iri.rpartition("/")[2] for iri in row["responsible"]] == ["so-tai-chinh"]  # type: ignore[attr-defined]
    assert [iri.rpartition("/")[2] for iri in row["organisations"]] == ["so-tai-chinh", "so-xay-dung"]  # type: ignore[attr-defined]
    assert row["deadline"] == "2021-06-30"


def test_every_fact_type_has_columns_of_a_known_kind() -> None:
    """A new type or field needs no code here."""
    kinds = {kind.type: kind for kind in Fact.__subclasses__()}
    assert sorted(kinds) == list(FACT_TYPES)
    for kind in kinds.values():
        bare = kind.__new__(kind)
        for spec in fields(kind):
            object.__setattr__(bare, spec.name, ())
        (table,) = fact_tables([bare])
        assert [column.name for column in table.columns][:3] == ["type", "id", "report"]
