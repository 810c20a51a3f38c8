"""The dataset for catalogues of open data: DCAT, in the profile DCAT-AP 3.

One dataset is the whole graph, with a file a format and the SPARQL endpoint; each report is a dataset of its own within
it. What DCAT-AP takes from lists of the European Union (languages, file types, themes) is named by their IRIs and
typed, so that the description can be checked by itself. Not for: what machines that query want to know (`void`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, SKOS, XSD

from hpkg.catalog.about import CATALOGUE, DATASET, LICENCE, PUBLISHER, Box, Coverage, Report, coverage, said
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from datetime import datetime

    from hpkg.catalog.release import Dump, Release
    from hpkg.store import Store

__all__ = ["catalogue"]

_EU: Final = "http://publications.europa.eu/resource/authority/"
_ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
_SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
_VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_AVAILABILITY: Final = URIRef("http://data.europa.eu/r5r/availability")
_VERSION: Final = URIRef(f"{DCAT}version")
_SHA256: Final = _SPDX["checksumAlgorithm_sha256"]
_LANGUAGES: Final = ("VIE", "ENG")
_FILE_TYPES: Final = {
    "nq": "RDF_N_QUADS",
    "ttl": "RDF_TURTLE",
    "jsonld": "JSON_LD",
    "nt": "RDF_N_TRIPLES",
    "rdf": "RDF_XML",
}
_MEDIA_TYPES: Final = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
_WKT: Final = URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")
_IANA: Final = "http://www.iana.org/assignments/media-types/"
_THEMES: Final = {
    "GOVE": {"en": "Government and public sector", "vi": "Chính quyền và khu vực công"},
    "ECON": {"en": "Economy and finance", "vi": "Kinh tế và tài chính"},
}


class _Catalogue:
    """The description while it is made; `address` is where files and the endpoint stand."""

    def __init__(self, release: Release, told: Coverage, address: str) -> None:
        self.graph = Graph()
        for prefix, namespace in {"dcat": DCAT, "dct": DCTERMS, "foaf": FOAF, "adms": _ADMS, "spdx": _SPDX}.items():
            self.graph.bind(prefix, namespace)
        self.release, self.told, self.address = release, told, address

    def say(self, subject: str, *facts: tuple[URIRef, URIRef | Literal | None]) -> URIRef:
        """Add facts about a thing; None is none."""
        node = URIRef(subject)
        for prop, value in facts:
            if value is not None:
                self.graph.add((node, prop, value))
        return node

    def say_in_words(self, subject: str, prop: URIRef, words: dict[str, str]) -> None:
        """Add a text in each language it has."""
        for language, text in words.items():
            self.graph.add((URIRef(subject), prop, Literal(text, lang=language)))

    def make(self) -> Graph:
        """Return the whole description."""
        moment = _moment(self.release.modified)
        self.say(
            CATALOGUE,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.publisher, URIRef(PUBLISHER)),
            (DCTERMS.license, self.licence()),
            (DCTERMS.modified, moment),
            (DCTERMS.issued, _moment(self.release.issued)),
            (FOAF.homepage, self.say(BASE, (RDF.type, FOAF.Document))),
            (DCAT.dataset, URIRef(DATASET)),
            (DCAT.service, URIRef(f"{CATALOGUE}#sparql")),
        )
        self.say_in_words(CATALOGUE, DCTERMS.title, said("catalogue-title"))
        self.say_in_words(CATALOGUE, DCTERMS.description, said("catalogue-description"))
        kind = {"en": "Non-profit organisation", "vi": "Tổ chức phi lợi nhuận"}
        self.say(
            PUBLISHER,
            (RDF.type, FOAF.Agent),
            (FOAF.homepage, URIRef(BASE)),
            (DCTERMS.type, self.of_adms("publishertype", "NonProfitOrganisation", kind)),
        )
        self.say_in_words(PUBLISHER, FOAF.name, said("publisher"))
        self.common(CATALOGUE)
        self.dataset(moment)
        self.service()
        for report in self.told.reports:
            self.report(report)
        return self.graph

    def listed(self, scheme: str, key: str, kind: URIRef, words: dict[str, str] | None = None) -> URIRef:
        """Return an entry of a list of the European Union, of the class that DCAT-AP asks for."""
        node = self.say(f"{_EU}{scheme}/{key}", (RDF.type, kind), (SKOS.inScheme, URIRef(f"{_EU}{scheme}")))
        self.say_in_words(str(node), SKOS.prefLabel, words or {})
        return node

    def of_adms(self, scheme: str, key: str, words: dict[str, str]) -> URIRef:
        """Return an entry of a list of the vocabulary ADMS."""
        space = f"http://purl.org/adms/{scheme}/"
        node = self.say(space + key, (RDF.type, SKOS.Concept), (SKOS.inScheme, URIRef(f"{space}1.0")))
        self.say_in_words(str(node), SKOS.prefLabel, words)
        return node

    def licence(self) -> URIRef:
        """Return the licence, described."""
        kind = self.of_adms("licencetype", "Attribution", {"en": "Attribution", "vi": "Ghi công"})
        return self.say(LICENCE, (RDF.type, DCTERMS.LicenseDocument), (DCTERMS.type, kind))

    def common(self, subject: str) -> None:
        """Add what catalogue and datasets share: languages, themes, areas, years."""
        for iri in _LANGUAGES:
            self.say(subject, (DCTERMS.language, self.listed("language", iri, DCTERMS.LinguisticSystem)))
        scheme = self.say(f"{_EU}data-theme", (RDF.type, SKOS.ConceptScheme))
        self.say_in_words(str(scheme), DCTERMS.title, {"en": "Data theme", "vi": "Chủ đề dữ liệu"})
        if subject == CATALOGUE:
            self.say(subject, (DCAT.themeTaxonomy, scheme))
        else:
            self.told_to_seekers(subject)
            self.years(subject)
        for area, names in self.told.areas.items():
            place = self.say(area, (RDF.type, DCTERMS.Location))
            if box := self.told.boxes.get(area):
                self.say(area, (DCAT.bbox, Literal(_ring(box), datatype=_WKT)))
            self.say_in_words(area, SKOS.prefLabel, names)
            if middle := self.told.middles.get(area):
                self.say(area, (DCAT.centroid, Literal(f"POINT({middle[0]} {middle[1]})", datatype=_WKT)))
            self.say(subject, (DCTERMS.spatial, place))

    def told_to_seekers(self, subject: str) -> None:
        """Add what datasets and the service are found by: keywords, themes, whom to ask."""
        self.say(subject, (DCAT.contactPoint, self.contact()))
        for language, words in said("keywords").items():
            for word in words.split(", "):
                self.say(subject, (DCAT.keyword, Literal(word, lang=language)))
        for key, names in _THEMES.items():
            self.say(subject, (DCAT.theme, self.listed("data-theme", key, SKOS.Concept, names)))

    def dataset(self, moment: Literal | None) -> None:
        """Describe the whole graph and its files."""
        self.say(
            DATASET,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(DATASET)),
            (DCTERMS.publisher, URIRef(PUBLISHER)),
            (DCTERMS.creator, URIRef(PUBLISHER)),
            (DCTERMS.license, self.licence()),
            (DCTERMS.modified, moment),
            (DCTERMS.issued, _moment(self.release.issued)),
            (_VERSION, Literal(self.release.name)),
            (DCTERMS.accessRights, self.listed("access-right", "PUBLIC", DCTERMS.RightsStatement)),
            (DCTERMS.accrualPeriodicity, self.listed("frequency", "IRREG", DCTERMS.Frequency)),
            (DCTERMS.conformsTo, self.say(f"{BASE}def", (RDF.type, DCTERMS.Standard))),
            (DCAT.landingPage, URIRef(BASE)),
            (DCTERMS.provenance, self.provenance()),
        )
        self.say_in_words(DATASET, DCTERMS.title, said("title"))
        self.say_in_words(DATASET, DCTERMS.description, said("description"))
        self.common(DATASET)
        for dump in self.release.dumps:
            self.say(DATASET, (DCAT.distribution, self.file(dump)))

    def years(self, subject: str) -> None:
        """Add the years spoken of."""
        if self.told.first_year is not None:
            period = self.say(
                f"{CATALOGUE}#period",
                (RDF.type, DCTERMS.PeriodOfTime),
                (DCAT.startDate, Literal(str(self.told.first_year), datatype=XSD.gYear)),
                (DCAT.endDate, Literal(str(self.told.last_year), datatype=XSD.gYear)),
            )
            self.say(subject, (DCTERMS.temporal, period))

    def contact(self) -> URIRef:
        """Return whom to ask, described."""
        kinds = ((RDF.type, _VCARD.Organization), (RDF.type, _VCARD.Kind))
        contact = self.say(f"{CATALOGUE}#contact", *kinds, (_VCARD.hasURL, URIRef(BASE)))
        self.say_in_words(str(contact), _VCARD.fn, said("publisher"))
        return contact

    def provenance(self) -> URIRef:
        """Return where the data come from, in words."""
        node = self.say(f"{CATALOGUE}#provenance", (RDF.type, DCTERMS.ProvenanceStatement))
        self.say_in_words(str(node), RDFS.label, said("provenance"))
        return node

    def file(self, dump: Dump) -> URIRef:
        """Describe a file of the whole graph."""
        checksum = self.say(
            f"{CATALOGUE}#{dump.form}-checksum",
            (RDF.type, _SPDX.Checksum),
            (_SPDX.algorithm, self.say(str(_SHA256), (RDF.type, _SPDX.ChecksumAlgorithm))),
            (_SPDX.checksumValue, Literal(dump.sha256, datatype=XSD.hexBinary)),
        )
        return self.distribution(
            f"{CATALOGUE}#{dump.form}",
            dump.form,
            f"{self.address}dumps/{dump.name}",
            (DCAT.byteSize, Literal(str(dump.size), datatype=XSD.nonNegativeInteger)),
            (_SPDX.checksum, checksum),
            (DCAT.compressFormat, self.say(f"{_IANA}application/gzip", (RDF.type, DCTERMS.MediaType))),
            (DCAT.mediaType, self.say(f"{_IANA}{dump.media_type}", (RDF.type, DCTERMS.MediaType))),
        )

    def distribution(self, iri: str, form: str, address: str, *facts: tuple[URIRef, URIRef | Literal]) -> URIRef:
        """Describe a file at `address`."""
        kind = self.listed("file-type", _FILE_TYPES[form], DCTERMS.MediaTypeOrExtent)
        stable = self.listed("planned-availability", "STABLE", SKOS.Concept, {"en": "Stable", "vi": "Ổn định"})
        node = self.say(
            iri,
            (RDF.type, DCAT.Distribution),
            (DCAT.accessURL, URIRef(address)),
            (DCAT.downloadURL, URIRef(address)),
            (DCTERMS.format, kind),
            (DCTERMS.license, self.licence()),
            (_AVAILABILITY, stable),
            *facts,
        )
        self.say_in_words(iri, DCTERMS.title, {"en": form, "vi": form})
        self.say_in_words(iri, DCTERMS.description, said("distribution"))
        return node

    def service(self) -> None:
        """Describe the SPARQL endpoint."""
        endpoint = f"{self.address}sparql"
        service = self.say(
            f"{CATALOGUE}#sparql",
            (RDF.type, DCAT.DataService),
            (DCAT.endpointURL, URIRef(endpoint)),
            (DCAT.endpointDescription, URIRef(f"{self.address}.well-known/void")),
            (DCAT.servesDataset, URIRef(DATASET)),
            (DCTERMS.conformsTo, self.say("https://www.w3.org/TR/sparql11-protocol/", (RDF.type, DCTERMS.Standard))),
            (DCTERMS.license, self.licence()),
            (DCTERMS.publisher, URIRef(PUBLISHER)),
        )
        self.say_in_words(str(service), DCTERMS.title, said("service"))
        self.say_in_words(str(service), DCTERMS.description, said("service-description"))
        self.told_to_seekers(str(service))

    def report(self, report: Report) -> None:
        """Describe the graph of one report as a dataset within the whole."""
        self.say(
            report.graph,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(report.graph)),
            (DCTERMS.isPartOf, URIRef(DATASET)),
            (DCTERMS.publisher, URIRef(PUBLISHER)),
            (DCTERMS.issued, Literal(report.issued, datatype=XSD.date) if report.issued else None),
            (DCTERMS.source, URIRef(report.source) if report.source else None),
            (PROV.wasDerivedFrom, URIRef(report.iri)),
        )
        self.say(CATALOGUE, (DCAT.dataset, URIRef(report.graph)))
        self.say_in_words(report.graph, DCTERMS.title, report.names)
        self.say_in_words(report.graph, DCTERMS.description, said("report"))
        self.common(report.graph)
        path = report.graph.removeprefix(BASE)
        for form, media_type in _MEDIA_TYPES.items():
            media = self.say(f"{_IANA}{media_type}", (RDF.type, DCTERMS.MediaType))
            iri = f"{CATALOGUE}#{path.removeprefix('graph/').replace('/', '-')}-{form}"
            node = self.distribution(iri, form, f"{self.address}{path}.{form}", (DCAT.mediaType, media))
            self.say(report.graph, (DCAT.distribution, node))


def _moment(when: datetime | None) -> Literal | None:
    return None if when is None else Literal(when.isoformat(), datatype=XSD.dateTime)


def _ring(box: Box) -> str:
    """Return a box in Well-Known Text, longitude first as GeoSPARQL reads it.

    >>> _ring(Box(106.5, 20.5, 107.75, 21.0))
    'POLYGON((106.5 20.5, 107.75 20.5, 107.75 21.0, 106.5 21.0, 106.5 20.5))'
    """
    west, south, east, north = box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"


def catalogue(store: Store, release: Release, address: str = BASE) -> Graph:
    """Return the description of the dataset by DCAT-AP 3, for files and an endpoint that stand at `address`."""
    return _Catalogue(release, coverage(store), address).make()
