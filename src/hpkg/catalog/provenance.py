"""How a release came about, by PROV-O: what was read, what followed from what, by which program.

Activities are named by the hash of the dataset and have no times: the same graph gives the same description, whenever
and wherever it is built. Not for: where a single statement was read, which the graph says itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, XSD

from hpkg.catalog.about import DATASET, PUBLISHER, said
from hpkg.catalog.parts import PROGRAM, activity, program_version
from hpkg.messages import LANGUAGES, text
from hpkg.namespaces import BASE, LICENCE
from hpkg.turtle import rewritten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from hpkg.catalog.parts import GraphPart, Parts
    from hpkg.catalog.release import Release

__all__ = ["provenance"]

_SCHEMA: Final = Namespace("https://schema.org/")
_SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
_VERSION: Final = URIRef("http://www.w3.org/ns/dcat#version")


class _Telling:
    """The description while it is made."""

    def __init__(self, release: Release, made_of: Parts, address: str) -> None:
        self.graph = Graph()
        self.release, self.made_of, self.address = release, made_of, address
        self.dataset, self.program = URIRef(DATASET), URIRef(PROGRAM)

    def say(self, subject: str, *facts: tuple[URIRef, Node]) -> URIRef:
        """Add facts about a thing."""
        for prop, value in facts:
            self.graph.add((URIRef(subject), prop, value))
        return URIRef(subject)

    def call(self, subject: str, words: Mapping[str, str]) -> None:
        """Add the name of a thing in each language it has."""
        for language, name in words.items():
            self.graph.add((URIRef(subject), RDFS.label, Literal(name, lang=language)))

    def step(self, key: str, name: str) -> URIRef:
        """Add an activity of the program."""
        kinds = ((RDF.type, PROV.Activity), (PROV.wasAssociatedWith, self.program))
        made = self.say(activity(self.release, key), *kinds)
        self.call(made, {language: text(f"release.{name}", language) for language in LANGUAGES})
        return made

    def place(self, name: str) -> str:
        """Return the address of a file of the release."""
        return f"{self.address}dumps/{name}"

    def make(self) -> Graph:
        """Return the whole description."""
        publisher = self.say(PUBLISHER, (RDF.type, PROV.Agent), (RDF.type, PROV.Organization))
        self.call(publisher, said("publisher"))
        self.say(
            PROGRAM,
            (RDF.type, PROV.Agent),
            (RDF.type, PROV.SoftwareAgent),
            (RDFS.label, Literal("hpkg")),
            (_SCHEMA.softwareVersion, Literal(program_version())),
            (PROV.actedOnBehalfOf, publisher),
        )
        pack = self.step("pack", "activity")
        self.say(
            DATASET,
            (RDF.type, PROV.Entity),
            (_VERSION, Literal(self.release.name)),
            (DCTERMS.identifier, Literal(f"urn:sha256:{self.release.version}")),
            (PROV.wasAttributedTo, publisher),
            (PROV.wasGeneratedBy, pack),
        )
        for part in self.made_of.graphs:
            self.part(part, pack)
        for file in self.made_of.sources:
            self.file(file.path, file.sha256, _rights(file.licence))
        for dump in self.release.dumps:
            entity = self.file(dump.name, dump.sha256, _rights(LICENCE))
            self.say(entity, (PROV.wasGeneratedBy, pack), (PROV.alternateOf, self.dataset))
        return self.graph

    def file(self, name: str, sha256: str, rights: tuple[URIRef, Node]) -> URIRef:
        """Add a file of the release with its checksum and the rights in it."""
        checksum = (_SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary))
        return self.say(self.place(name), (RDF.type, PROV.Entity), checksum, rights)

    def part(self, part: GraphPart, pack: URIRef) -> None:
        """Add a named graph: what it cites, and the files it was read from or the graphs it follows from."""
        told = self.say(part.iri, (RDF.type, PROV.Entity), _rights(part.licence))
        self.call(told, part.names)
        self.say(pack, (PROV.used, told))
        self.say(DATASET, (PROV.wasDerivedFrom, told), (DCTERMS.hasPart, told))
        for cited in part.cited:
            work = self.say(cited.iri, (RDF.type, PROV.Entity), *([_rights(cited.licence)] if cited.licence else []))
            self.call(work, cited.names)
            self.say(told, (PROV.hadPrimarySource, work))
        sources = self.made_of.sources_of(part.iri)
        origins = [self.place(file.path) for file in sources] or part.derived_from
        if origins:
            name = part.iri.removeprefix(f"{BASE}graph/").replace("/", "-")
            made = self.step(name, "activity-read" if sources else "activity-infer")
            self.say(told, (PROV.wasGeneratedBy, made))
            for origin in origins:
                used = self.say(origin, (RDF.type, PROV.Entity))
                self.say(made, (PROV.used, used))
                self.say(told, (PROV.wasDerivedFrom, used))


def provenance(release: Release, made_of: Parts, address: str) -> bytes:
    """Return the provenance of `release`, whose files stand in `dumps/` below `address`, as Turtle."""
    graph = _Telling(release, made_of, address).make()
    lines = b"".join(sorted(graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)))
    return rewritten(lines, "ttl")


def _rights(words: str) -> tuple[URIRef, Node]:
    """Return a licence by its address, or rights in words, as a fact."""
    if words.startswith(("http://", "https://")):
        return DCTERMS.license, URIRef(words)
    return DCTERMS.rights, Literal(words)
