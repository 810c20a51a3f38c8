"""Alignments: each term of others exists, each axiom is about a term of ours, and together they stay consistent."""

from __future__ import annotations

from typing import Final

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import (
    DCAT,
    DCTERMS,
    GEO,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SKOS,
    TIME,
    DefinedNamespace,
    Namespace,
)

from hpkg.namespaces import HP
from hpkg.reason.engines import java_free

KNOWN: Final[tuple[type[DefinedNamespace], ...]] = (DCAT, DCTERMS, GEO, ORG, PROV, QB, SDO, SKOS, TIME)
"""Vocabularies whose terms rdflib ships as closed lists."""

REVIEWED: Final = {
    "http://data.europa.eu/eli/ontology#": "LegalResource ResourceType amends based_on cites date_document "
    "id_local passed_by type_document",
    "http://linkedevents.org/ontology/": "Event atPlace atTime",
    "http://metadata.un.org/sdg/ontology#": "Goal Indicator Target",
    "http://ontology.commonapproach.org/owl/cids_v2.1#": "Indicator IndicatorReport forIndicator",
    "http://ontology.eil.utoronto.ca/ISO21972/iso21972#": "Indicator Unit_of_Measure unit_of_measure value",
    "http://purl.org/linked-data/sdmx/2009/attribute#": "obsStatus unitMeasure",
    "http://purl.org/linked-data/sdmx/2009/dimension#": "refArea refPeriod",
    "http://purl.org/linked-data/sdmx/2009/measure#": "obsValue",
    "http://purl.org/net/p-plan#": "MultiStep Plan Step isStepOfPlan",
    "http://purl.org/spar/deo/": "DiscourseElement",
    "http://purl.org/spar/doco/": "Section Sentence TextChunk",
    "http://qudt.org/schema/qudt/": "Unit conversionMultiplier scalingOf",
    "http://www.cidoc-crm.org/cidoc-crm/": "E5_Event",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "lat long",
    "http://www.w3.org/ns/dqv#": "Metric QualityMeasurement isMeasurementOf value",
    "http://www.w3.org/ns/oa#": "SpecificResource TextPositionSelector TextQuoteSelector end exact "
    "hasSelector hasSource hasTarget start",
    "https://w3id.org/italia/onto/Indicator/": "Indicator IndicatorCalculation forIndicator "
    "subIndicator superIndicator",
    "https://w3id.org/italia/onto/Project/": "PublicInvestmentProject projectFunder",
    "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport#": "ActualResult PerformancePlanOrReport TargetResult",
    "urn:ISO:std:iso:17469:tech:xsd:stratml_core#": "Goal Objective Stakeholder StrategicPlan Vision",
}
"""Terms of the vocabularies that rdflib does not know, each looked up in the vocabulary's own publication."""

MATCHES: Final = (SKOS.closeMatch, SKOS.relatedMatch)
AXIOMS: Final = (RDFS.subClassOf, RDFS.subPropertyOf)


def unknown_terms(graph: Graph) -> set[str]:
    """Return the IRIs in `graph` that are terms of no vocabulary we know."""
    reviewed = {Namespace(space)[name] for space, names in REVIEWED.items() for name in names.split()}
    return {
        str(term)
        for triple in graph
        for term in triple
        if isinstance(term, URIRef)
        and not str(term).startswith(("https://w3id.org/hpkg/", str(OWL), str(RDF), str(RDFS)))
        and term != URIRef("https://creativecommons.org/licenses/by/4.0/")
        and term not in reviewed
        and not any(term in vocabulary for vocabulary in KNOWN)
    }


def test_every_term_of_others_exists(alignments: Graph) -> None:
    """No alignment points at a term that its vocabulary does not have."""
    assert unknown_terms(alignments) == set()


def test_a_term_that_does_not_exist_is_found() -> None:
    """A slip in a name would be seen, in a vocabulary that rdflib knows and in one that was looked up."""
    slips = (URIRef(f"{PROV._NS}Plann"), URIRef("http://purl.org/net/p-plan#Stepp"))
    graph = Graph()
    for slip in slips:
        graph.add((HP.Plan, RDFS.subClassOf, slip))
    assert unknown_terms(graph) == {str(slip) for slip in slips}


def test_every_reviewed_term_is_used(alignments: Graph) -> None:
    """The list of terms that were looked up holds nothing that no alignment names."""
    named = {str(term) for triple in alignments for term in triple}
    listed = {f"{space}{name}" for space, names in REVIEWED.items() for name in names.split()}
    assert listed - named == set()


def test_every_alignment_is_about_a_term_of_ours(alignments: Graph, terms: frozenset[URIRef]) -> None:
    """The left side of each axiom and each match is a term that `hpkg.ttl` declares; the right side is not ours."""
    for relation in (*MATCHES, *AXIOMS):
        for term, other in alignments.subject_objects(relation):
            assert term in terms, term
            assert not str(other).startswith(str(HP)), other


def test_no_term_is_both_inside_another_and_merely_near_it(alignments: Graph) -> None:
    """A closeMatch beside an axiom on the same pair would take the axiom back."""
    near = {(term, other) for relation in MATCHES for term, other in alignments.subject_objects(relation)}
    inside = {(term, other) for relation in AXIOMS for term, other in alignments.subject_objects(relation)}
    assert near & inside == set()


@pytest.mark.parametrize("space", [*REVIEWED, *(str(vocabulary._NS) for vocabulary in KNOWN)])
def test_every_vocabulary_is_aligned_with(alignments: Graph, space: str) -> None:
    """Each vocabulary that the model draws on is named by an alignment, and not only declared."""
    related = {str(other) for relation in (*MATCHES, *AXIOMS) for other in alignments.objects(None, relation)}
    related |= {str(term) for term in alignments.objects(None, RDF.first)}
    assert any(term.startswith(space) for term in related)


def test_ontology_and_alignments_are_consistent(ontology: Graph, alignments: Graph) -> None:
    """Together they have a model, and no class of ours is empty in all of them."""
    whole = ontology + alignments
    whole.remove((URIRef("https://w3id.org/hpkg/alignments"), None, None))
    verdict = java_free(whole)
    assert (verdict.outcome, verdict.unsatisfiable) == ("consistent", ())
