"""The cube, the plan and the CSV tables keep the rules of their standards."""

from __future__ import annotations

import csv
import json
import re
import warnings
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Final

import pyarrow.parquet as pq
import pytest
from csvw import CSVW
from lxml import etree

from hpkg.export.documents import document
from hpkg.export.documents.csvw import METADATA
from hpkg.export.documents.reading import Reading
from hpkg.export.documents.sheets import sheets
from hpkg.export.documents.stratml import NAMESPACE
from hpkg.messages import LANGUAGES
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hpkg.messages import Language

QB = "PREFIX qb: <http://purl.org/linked-data/cube#>\n"
OBSERVED = "?o qb:dataSet/qb:structure/qb:component ?part ."
CONSTRAINTS: Final[Mapping[str, str]] = {
    "IC-1": "?o a qb:Observation . FILTER NOT EXISTS { ?o qb:dataSet ?one } ",
    "IC-1 one only": "?o qb:dataSet ?one, ?two . FILTER(?one != ?two)",
    "IC-2": "?d a qb:DataSet . FILTER NOT EXISTS { ?d qb:structure ?one }",
    "IC-2 one only": "?d qb:structure ?one, ?two . FILTER(?one != ?two)",
    "IC-3": """?s a qb:DataStructureDefinition .
        FILTER NOT EXISTS { ?s qb:component/qb:measure ?m . ?m a qb:MeasureProperty }""",
    "IC-4": "?d a qb:DimensionProperty . FILTER NOT EXISTS { ?d rdfs:range ?range }",
    "IC-5": "?d a qb:DimensionProperty ; rdfs:range skos:Concept . FILTER NOT EXISTS { ?d qb:codeList ?list }",
    "IC-6": """?s qb:component ?part . ?part qb:componentRequired false .
        FILTER NOT EXISTS { ?part qb:attribute ?attribute }""",
    "IC-7": "?k a qb:SliceKey . FILTER NOT EXISTS { ?s a qb:DataStructureDefinition ; qb:sliceKey ?k }",
    "IC-8": """?k a qb:SliceKey ; qb:componentProperty ?p . ?s qb:sliceKey ?k .
        FILTER NOT EXISTS { ?s qb:component/qb:dimension ?p }""",
    "IC-9": "?x a qb:Slice . FILTER NOT EXISTS { ?x qb:sliceStructure ?key }",
    "IC-10": """?x qb:sliceStructure/qb:componentProperty ?d . FILTER NOT EXISTS { ?x ?d ?value }""",
    "IC-11": f"{OBSERVED} ?part qb:dimension ?d . FILTER NOT EXISTS {{ ?o ?d ?value }}",
    "IC-13": f"{OBSERVED} ?part qb:componentRequired true ; qb:attribute ?a . FILTER NOT EXISTS {{ ?o ?a ?value }}",
    "IC-14": f"{OBSERVED} ?part qb:measure ?m . FILTER NOT EXISTS {{ ?o ?m ?value }}",
    "IC-18": "?d qb:slice ?x . ?x qb:observation ?o . FILTER NOT EXISTS { ?o qb:dataSet ?d }",
    "IC-19": f"""{OBSERVED} ?part qb:dimension ?d . ?d qb:codeList ?list . ?list a skos:ConceptScheme . ?o ?d ?code .
        FILTER NOT EXISTS {{ ?code a skos:Concept ; skos:inScheme ?list }}""",
}
"""The integrity constraints of the standard (chapter 11.1) as what must not be found, in words of our own; IC-12 is
counted below, IC-15 to IC-17 speak of cubes with several measures, IC-20 and IC-21 of hierarchical code lists."""

# What the standard lets stand inside an element, in order: `?` once at most, `*` any number, `+` at least one.
HEAD = "Name Description? Identifier? SequenceIndicator? Stakeholder* OtherInformation?"
RESULT = "Description NumberOfUnits? StartDate? EndDate?"
STRATML: Final[Mapping[str, str]] = {
    "PerformancePlanOrReport": "Name Description? OtherInformation? StrategicPlanCore "
    "AdministrativeInformation? Submitter?",
    "StrategicPlanCore": "Organization* Vision? Mission? Value* Goal+",
    "Organization": "Name? Acronym? Identifier? Description? Stakeholder*",
    "Vision": "Description? Identifier?",
    "Goal": HEAD.replace("Description?", "Description") + " Objective*",
    "Objective": HEAD + " PerformanceIndicator*",
    "Stakeholder": "Name Description? Role?",
    "Role": "Name Description? RoleType*",
    "PerformanceIndicator": "SequenceIndicator? MeasurementDimension UnitOfMeasurement Identifier? Relationship* "
    "MeasurementInstance* OtherInformation?",
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": RESULT,
    "ActualResult": RESULT,
    "AdministrativeInformation": "Identifier? StartDate? EndDate? PublicationDate? Source?",
}


@pytest.fixture(scope="module")
def cube(sample_store: EmbeddedStore) -> EmbeddedStore:
    """The cube of the sample in a store of its own."""
    return EmbeddedStore({"urn:cube": document(sample_store, None, "cube", "vi")[""]})


def misfits(cube: EmbeddedStore, rule: str) -> int:
    """Return how often `rule` finds what must not be."""
    return len(cube.select(f"{QB}SELECT * {{ {rule} }}"))


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_a_cube_keeps_the_integrity_constraints(cube: EmbeddedStore, name: str) -> None:
    """The W3C constraints that apply hold of a cube that has observations."""
    assert len(cube.select(f"{QB}SELECT ?o {{ ?o a qb:Observation }}"))
    assert misfits(cube, CONSTRAINTS[name]) == 0


def test_the_constraints_find_a_broken_cube(sample_store: EmbeddedStore) -> None:
    """The queries are no empty words: an observation without dimensions, unit and value is found."""
    broken = (
        document(sample_store, None, "cube", "vi")[""] + b"\n<urn:o> <http://purl.org/linked-data/cube#dataSet> "
        b"<https://w3id.org/hpkg/cube/31-hai-phong/2020-402-bc-ubnd> ."
    )
    store = EmbeddedStore({"urn:cube": broken})
    for name in ("IC-11", "IC-13", "IC-14"):
        assert misfits(store, CONSTRAINTS[name])


def test_no_two_observations_agree_in_all_dimensions(cube: EmbeddedStore) -> None:
    """IC-12: there are as many observations as different rows of dimensions."""
    names = [
        str(row["d"]) for row in cube.select(f"{QB}SELECT DISTINCT ?d {{ ?d a qb:DimensionProperty }} ORDER BY ?d")
    ]
    rows = " ; ".join(f"<{name}> ?v{number}" for number, name in enumerate(names))
    shown = " ".join(f"?v{number}" for number in range(len(names)))
    different = len(cube.select(f"{QB}SELECT DISTINCT {shown} {{ ?o a qb:Observation ; {rows} }}"))
    assert different == len(cube.select(f"{QB}SELECT ?o {{ ?o a qb:Observation }}"))


def test_each_number_of_the_cube_is_that_of_its_measurement(cube: EmbeddedStore, sample_store: EmbeddedStore) -> None:
    """Value and unit of an observation are those the graph states."""
    asked = """PREFIX cube: <https://w3id.org/hpkg/cube#>
        SELECT ?from ?value ?unit {
          ?o dct:source ?from ; cube:value ?value ; cube:unit ?unit ; cube:bound cube:exact }"""
    found = {(str(row["from"]), float(str(row["value"])), str(row["unit"])) for row in cube.select(asked)}
    stated = {
        (str(row["m"]), float(str(row["value"])), str(row["unit"]))
        for row in sample_store.select("SELECT ?m ?value ?unit { ?m hp:value ?value ; hp:unit ?unit }")
    }
    assert found
    assert found <= stated


def test_a_plan_has_the_structure_of_the_standard(sample_store: EmbeddedStore) -> None:
    """Each element holds what the standard lets it hold, in that order; identifiers are names that occur once."""
    root = etree.fromstring(document(sample_store, None, "stratml", "vi")[""])
    assert root.tag == f"{{{NAMESPACE}}}PerformancePlanOrReport"
    assert root.get("Type") in {"Strategic_Plan", "Performance_Plan", "Performance_Report"}
    for element in root.iter():
        name = etree.QName(element).localname
        inside = "".join(f"{etree.QName(child).localname} " for child in element)
        allowed = "".join(re.sub(r"^(\w+)(\W?)$", r"(?:\1 )\2", part) for part in STRATML.get(name, "").split())
        assert re.fullmatch(allowed, inside), f"{name}: {inside}"
    held = [element.text or "" for element in root.iter(f"{{{NAMESPACE}}}Identifier")]
    assert len(set(held)) == len(held)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one) for one in held)


def test_goals_are_groups_and_objectives_their_tasks(sample_store: EmbeddedStore) -> None:
    """Every task of the plan is an objective or a goal, and indicators have targets and results with numbers."""
    root = etree.fromstring(document(sample_store, "402/BC-UBND", "stratml", "en")[""])
    names = {element.text for element in root.iter(f"{{{NAMESPACE}}}Name")}
    rows = sample_store.select("SELECT DISTINCT ?name { ?task a hp:Task ; skos:prefLabel ?name ; hp:ordinal ?number }")
    assert {str(row["name"]) for row in rows} <= names
    for tag in ("TargetResult", "ActualResult"):
        assert list(root.iter(f"{{{NAMESPACE}}}{tag}"))
    for number in root.iter(f"{{{NAMESPACE}}}NumberOfUnits"):
        assert re.fullmatch(r"-?\d+(\.\d+)?", number.text or "")


def test_the_metadata_describe_each_column_of_each_file(sample_store: EmbeddedStore) -> None:
    """A file has the headings that its metadata give it, and cells of the kind they say."""
    files = document(sample_store, None, "csvw", "vi")
    metadata = json.loads(files[METADATA])
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert {table["url"] for table in metadata["tables"]} == files.keys() - {METADATA}
    kinds = {"integer": r"\d+", "decimal": r"-?\d+(\.\d+)?", "boolean": "true|false", "date": r"\d{4}-\d\d-\d\d"}
    for table in metadata["tables"]:
        heading, *rows = csv.reader(StringIO(files[table["url"]].decode(), newline=""))
        columns = table["tableSchema"]["columns"]
        assert heading == [column["titles"]["vi"] for column in columns]
        assert all("%" not in column["name"] and re.fullmatch(r"\w+", column["name"]) for column in columns)
        for row in rows:
            for column, cell in zip(columns, row, strict=True):
                assert not cell or re.fullmatch(kinds.get(column["datatype"], r"[\s\S]*"), cell), (column, cell)


def told_by_a_validator(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return what the library csvw has against tables and their metadata, which it reads row by row."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        described = CSVW(str(folder / METADATA), validate=True)
        for table in described.tables:
            assert list(table.iterdicts(strict=False))
    return [*map(str, described.warnings), *(str(one.message) for one in told)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_validator_accepts_tables_and_metadata(
    sample_store: EmbeddedStore, tmp_path: Path, language: Language
) -> None:
    """A reader of another make finds the metadata in order, each heading in its language, each cell of its kind."""
    files = document(sample_store, None, "csvw", language)
    assert told_by_a_validator(files, tmp_path) == []
    for table in json.loads(files[METADATA])["tables"]:
        if key := table["tableSchema"].get("primaryKey"):
            at = [[column["name"] for column in table["tableSchema"]["columns"]].index(name) for name in key]
            rows = list(csv.reader(StringIO(files[table["url"]].decode(), newline="")))
            assert len({tuple(row[place] for place in at) for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("slip", "why"),
    [
        (("evidence.csv", r",\d+,", ",many,"), "Invalid column value"),
        (("evidence.csv", r"Address\n", "Address,More\n"), "Column number mismatch"),
        ((METADATA, '"lang": "en"', '"lang": "vi"'), "Incompatible column titles"),
    ],
)
def test_the_validator_finds_what_is_wrong(
    sample_store: EmbeddedStore, tmp_path: Path, slip: tuple[str, str, str], why: str
) -> None:
    """A text where a number is to stand, a column that the metadata do not have, headings in another language."""
    name, pattern, new = slip
    files = document(sample_store, None, "csvw", "en")
    broken = re.sub(pattern, new, files[name].decode(), count=1)
    assert broken != files[name].decode()
    assert any(why in one for one in told_by_a_validator({**files, name: broken.encode()}, tmp_path))


def test_parquet_holds_the_same_tables_typed(sample_store: EmbeddedStore) -> None:
    """A file a table, under the names of the CSV metadata; numbers and days are no texts; each says what it is of."""
    metadata = json.loads(document(sample_store, None, "csvw", "en")[METADATA])
    described = {table["url"]: table for table in metadata["tables"]}
    files = document(sample_store, None, "parquet", "en")
    assert {name.replace(".parquet", ".csv") for name in files} == described.keys()
    kinds = {"integer": "int64", "decimal": "decimal128(38, 9)", "boolean": "bool", "date": "date32[day]"}
    for name, content in files.items():
        table = pq.read_table(BytesIO(content))
        columns = described[name.replace(".parquet", ".csv")]["tableSchema"]["columns"]
        assert {field.name: str(field.type) for field in table.schema} == {
            column["name"]: kinds.get(column["datatype"], "string") for column in columns
        }
        held = next(sheet for sheet in sheets(Reading.of(sample_store, None, "en")) if f"{sheet.key}.parquet" == name)
        assert [list(row.values()) for row in table.to_pylist()] == [list(row) for row in held.rows]
        assert table.schema.metadata[b"hpkg.number"] == b"402/BC-UBND"
        assert table.schema.metadata[b"hpkg.dataset"].decode() == sample_store.version
