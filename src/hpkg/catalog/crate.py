"""A release for archives: RO-Crate 1.2, the metadata of the folder and of all that is in it.

https://w3id.org/ro/crate/1.2. Not for: writing the files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hpkg.catalog.about import PUBLISHER, coverage, said
from hpkg.catalog.parts import PROGRAM, activity, program_version
from hpkg.messages import text
from hpkg.namespaces import BASE, LICENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hpkg.catalog.parts import GraphPart, Parts
    from hpkg.catalog.release import Release
    from hpkg.store import Store

__all__ = ["CRATE", "crate"]

CRATE: Final = "ro-crate-metadata.json"
"""The name that the standard gives the file."""
_PROFILE: Final = "https://w3id.org/ro/crate/1.2"
_CODE_LICENCE: Final = "https://www.apache.org/licenses/LICENSE-2.0"
_LICENCE_NAMES: Final = {
    LICENCE: "Creative Commons Attribution 4.0 International",
    _CODE_LICENCE: "Apache License 2.0",
}
_SPDX: Final = {LICENCE: "CC-BY-4.0", _CODE_LICENCE: "Apache-2.0"}
_TYPES: Final = {"json": "application/json", "cff": "text/yaml", "md": "text/markdown", "ttl": "text/turtle"}

Entity = dict[str, Any]


class _Crate:
    """The entities while they are told: each once, by its `@id`."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}

    def add(self, iri: str, kind: str | list[str], /, **told: object) -> dict[str, str]:
        """Add an entity unless it is known, without what is None; return a reference to it."""
        entity = {"@id": iri, "@type": kind, **_plain(told)}
        self.entities.setdefault(iri, entity)
        return {"@id": iri}

    def licence(self, words: str | None) -> dict[str, str] | None:
        """Return a reference to a licence, given as its address or as a sentence on the rights."""
        if words is None:
            return None
        if words.startswith(("http://", "https://")):
            name = _LICENCE_NAMES.get(words, words)
            return self.add(words, "CreativeWork", name=name, identifier=_SPDX.get(words), description=name)
        known = next((iri for iri, entity in self.entities.items() if entity.get("description") == words), None)
        number = sum(iri.startswith("#rights-") for iri in self.entities) + 1
        return (
            {"@id": known}
            if known
            else self.add(f"#rights-{number}", "CreativeWork", name=text("release.rights", "en"), description=words)
        )


def crate(store: Store, release: Release, made_of: Parts, files: Mapping[str, bytes], sums: Mapping[str, str]) -> bytes:
    """Return the metadata of `release` as JSON-LD.

    Args:
        store: The graph.
        release: Its dumps, number and hash.
        made_of: Its graphs and sources.
        files: The other files of the folder, by their path in it.
        sums: The SHA-256 of each file of the folder, by path.
    """
    made = _Crate()
    told = coverage(store)
    publisher = made.add(PUBLISHER, "Organization", name=said("publisher")["en"], url=BASE)
    licence = made.licence(LICENCE)
    dumps = [
        made.add(
            dump.name,
            "File",
            name=text("release.dump", "en", form=dump.form),
            description=text(f"release.dump-{dump.form}", "en"),
            encodingFormat=["application/gzip", dump.media_type],
            contentSize=str(dump.size),
            sha256=dump.sha256,
            license=licence,
        )
        for dump in release.dumps
    ]
    sources = [
        made.add(
            file.path,
            "File",
            name=str(made_of.heads[file.report].get("title_en") or made_of.heads[file.report].get("title", file.path)),
            description=text("release.source", "en", number=made_of.heads[file.report].get("number", "")),
            encodingFormat=file.media_type,
            contentSize=str(len(file.content)),
            sha256=file.sha256,
            license=made.licence(file.licence),
        )
        for file in made_of.sources
    ]
    others = [
        made.add(
            name,
            "File",
            name=name,
            description=text(f"release.file-{_key(name)}", "en"),
            encodingFormat=_TYPES.get(name.rpartition(".")[2], "text/plain"),
            contentSize=str(len(content)) if name in sums else None,
            sha256=sums.get(name),
            license=licence,
        )
        for name, content in files.items()
        if not name.startswith("sources/")
    ]
    graphs = [_graph(made, release, part, made_of) for part in made_of.graphs]
    program = made.add(
        PROGRAM,
        "SoftwareApplication",
        name="hpkg",
        url=BASE,
        version=program_version(),
        softwareVersion=program_version(),
        license=made.licence(_CODE_LICENCE),
    )
    step = made.add(
        activity(release, "pack"),
        "CreateAction",
        name=text("release.activity", "en"),
        description=said("provenance")["en"],
        instrument=program,
        agent=publisher,
        object=sources,
        result=dumps,
    )
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": said("title")["en"],
        "alternateName": said("title")["vi"],
        "description": f"{said('description')['en']}\n\n{said('description')['vi']}",
        "datePublished": release.modified.date().isoformat(),
        "version": release.name,
        "identifier": made.add(
            "#hash", "PropertyValue", name=text("release.hash", "en"), propertyID="SHA-256", value=release.version
        ),
        "url": BASE,
        "license": licence,
        "publisher": publisher,
        "author": publisher,
        "creator": publisher,
        "keywords": said("keywords")["en"],
        "inLanguage": ["vi", "en"],
        "temporalCoverage": f"{told.first_year}/{told.last_year}" if told.first_year is not None else None,
        "spatialCoverage": [
            made.add(area, "Place", name=names.get("en") or next(iter(names.values())))
            for area, names in told.areas.items()
        ],
        "hasPart": [*dumps, *sources, *others, *graphs],
        "mentions": step,
    }
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _PROFILE},
    }
    whole = [descriptor, _plain(root)]
    whole += made.entities.values()
    document = {"@context": f"{_PROFILE}/context", "@graph": whole}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _graph(made: _Crate, release: Release, part: GraphPart, made_of: Parts) -> dict[str, str]:
    """Add a named graph of the dumps with its licence, and the works it cites with theirs."""
    cited = [
        made.add(
            one.iri, "CreativeWork", name=_name(one.names) or one.iri, url=one.iri, license=made.licence(one.licence)
        )
        for one in part.cited
    ]
    based: Sequence[dict[str, str]] = [
        *cited,
        *({"@id": file.path} for file in made_of.sources_of(part.iri)),
        *({"@id": iri} for iri in part.derived_from if iri in {one.iri for one in made_of.graphs}),
    ]
    names = dict(part.names)
    return made.add(
        part.iri,
        "Dataset",
        name=_name(names),
        alternateName=names.get("vi") if names.get("vi") != _name(names) else None,
        description=text("release.graph", "en", graph=part.iri.removeprefix(BASE)),
        url=part.iri,
        datePublished=release.modified.date().isoformat(),
        license=made.licence(part.licence),
        isBasedOn=list(based),
    )


def _plain(told: Mapping[str, Any]) -> Entity:
    """Return properties without those that have no value; a list of one is that one, as the standard asks."""
    held = {key: value for key, value in told.items() if value not in (None, [])}
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in held.items()}


def _name(names: Mapping[str, str]) -> str:
    return names.get("en") or names.get("vi", "")


def _key(name: str) -> str:
    return name.partition(".")[0].lower()
