"""The pitfalls of OOPS! and of ROBOT's report that a program can see, each shown to be found when it is there.

Codes Pnn are those of OOPS! (https://oops.linkeddata.es/catalogue.jsp); R is from ROBOT's report. A pitfall that is a
choice of ours stands in `reviewed`, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph
import pytest
from rdflib import Graph

from hpkg.namespaces import HP

PREFIXES = """
PREFIX hp: <https://w3id.org/hpkg/def#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX vann: <http://purl.org/vocab/vann/>
"""

ABSTRACT = "the data is of a subclass"
THING = "a root of its own: the two kinds of node, things and statements, share nothing that a class could say"


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A query for `?term`, a defect that it must find, and the findings that were looked at and stay."""

    code: str
    query: str
    defect: str
    offender: str
    reviewed: dict[str, str] = field(default_factory=dict)


PITFALLS = [
    Pitfall(
        "P02 two classes for one meaning",
        "SELECT ?term { ?term owl:equivalentClass ?other . FILTER(ISIRI(?other)) }",
        "hp:Assignment a owl:Class ; owl:equivalentClass hp:Task .",
        "Assignment",
    ),
    Pitfall(
        "P03 a property that means is, instead of the vocabulary's own",
        'SELECT ?term { ?term a owl:ObjectProperty . FILTER(REGEX(STR(?term), "#(is|isA|isAn|kindOf|typeOf|sameAs|subclassOf|instanceOf)$")) }',
        "hp:isA a owl:ObjectProperty .",
        "isA",
    ),
    Pitfall(
        "P04 a class that nothing refers to",
        """SELECT ?term { ?term a owl:Class . FILTER(STRSTARTS(STR(?term), STR(hp:)))
           FILTER NOT EXISTS { ?term rdfs:subClassOf ?up } FILTER NOT EXISTS { ?down rdfs:subClassOf ?term }
           FILTER NOT EXISTS { ?property rdfs:domain|rdfs:range ?term } FILTER NOT EXISTS { ?x owl:onClass|owl:someValuesFrom ?term }
           FILTER NOT EXISTS { ?property rdfs:domain/owl:unionOf/rdf:rest*/rdf:first ?term } }""",
        "hp:Island a owl:Class .",
        "Island",
    ),
    Pitfall(
        "P05 an inverse whose domain is not the range of the other",
        """SELECT ?term { ?term owl:inverseOf ?other . { ?term rdfs:domain ?d . ?other rdfs:range ?r } UNION { ?term rdfs:range ?d . ?other rdfs:domain ?r }
           FILTER(?d != ?r) }""",
        "hp:issues a owl:ObjectProperty ; rdfs:domain hp:Project ; rdfs:range hp:Document ; owl:inverseOf hp:issuedBy .",
        "issues",
    ),
    Pitfall(
        "P06 a circle of classes or properties",
        "SELECT ?term { ?term (rdfs:subClassOf|rdfs:subPropertyOf)+ ?term }",
        "hp:Statement rdfs:subClassOf hp:Task .",
        "Task",
    ),
    Pitfall(
        "P07 a name that joins two meanings",
        'SELECT ?term { ?term a ?kind . FILTER(STRSTARTS(STR(?term), STR(hp:)) && REGEX(STR(?term), "[a-z](And|Or)[A-Z]")) }',
        "hp:TaskAndProject a owl:Class .",
        "TaskAndProject",
    ),
    Pitfall(
        "P08 a term without label or definition",
        """SELECT ?term { ?term a ?kind . FILTER(STRSTARTS(STR(?term), STR(hp:)))
           FILTER(NOT EXISTS { ?term rdfs:label ?label } || NOT EXISTS { ?term skos:definition ?text }) }""",
        "hp:Mute a owl:Class .",
        "Mute",
    ),
    Pitfall(
        "P10 sister classes that may overlap, where nobody said so",
        """SELECT ?term { ?term rdfs:subClassOf ?up . ?other rdfs:subClassOf ?up . FILTER(ISIRI(?up) && STR(?term) < STR(?other))
           FILTER NOT EXISTS { ?term owl:equivalentClass ?a } FILTER NOT EXISTS { ?other owl:equivalentClass ?b }
           FILTER NOT EXISTS { ?term owl:disjointWith|^owl:disjointWith ?other }
           FILTER NOT EXISTS { ?list owl:members ?members . ?members rdf:rest*/rdf:first ?term . ?members rdf:rest*/rdf:first ?other } }""",
        "hp:Ferry a owl:Class ; rdfs:subClassOf hp:Finding .",
        "Cause",
        {"Measurement": "a target is a measurement and a plan element"},
    ),
    Pitfall(
        "P11 a property without domain or range",
        """SELECT ?term { ?term a ?kind . FILTER(?kind IN (owl:ObjectProperty, owl:DatatypeProperty) && STRSTARTS(STR(?term), STR(hp:)))
           FILTER(NOT EXISTS { ?term rdfs:domain ?d } || NOT EXISTS { ?term rdfs:range ?r }) }""",
        "hp:loose a owl:ObjectProperty ; rdfs:domain hp:Task .",
        "loose",
        {
            "evidence": "statements and things that are named both have evidence",
            "alignsWithSDG": "its range is of the United Nations, and stands in alignments.ttl",
            "qudtUnit": "its values are of QUDT, and the ontology describes no term of others",
        },
    ),
    Pitfall(
        "P13 two properties that cross and are not said to be inverse",
        """SELECT ?term { ?term a owl:ObjectProperty ; rdfs:domain ?d ; rdfs:range ?r . ?other a owl:ObjectProperty ; rdfs:domain ?r ; rdfs:range ?d .
           FILTER(ISIRI(?d) && ISIRI(?r) && ?d != ?r && STR(?term) < STR(?other)) FILTER NOT EXISTS { ?term owl:inverseOf|^owl:inverseOf ?other } }""",
        "hp:bodyOf a owl:ObjectProperty ; rdfs:domain hp:Organisation ; rdfs:range hp:Document .",
        "bodyOf",
    ),
    Pitfall(
        "P19 several domains or ranges, which OWL reads as all at once",
        "SELECT ?term { ?term rdfs:domain|rdfs:range ?any { SELECT ?term { { ?term rdfs:domain ?a, ?b } UNION { ?term rdfs:range ?a, ?b } FILTER(STR(?a) < STR(?b)) } } }",
        "hp:deadline rdfs:domain hp:Project .",
        "deadline",
    ),
    Pitfall(
        "P20 a label as long as a definition, or a definition no longer than a label",
        """SELECT ?term { { ?term rdfs:label ?text . FILTER(STRLEN(?text) > 45) } UNION { ?term skos:definition ?text . FILTER(STRLEN(?text) < 8) }
           UNION { ?term rdfs:label ?text ; skos:definition ?text } }""",
        'hp:Task rdfs:label "a piece of work that a plan commits to and that somebody does"@fr .',
        "Task",
    ),
    Pitfall(
        "P21 a class for what is left over",
        'SELECT ?term { ?term a owl:Class . FILTER(REGEX(STR(?term), "#.*(Other|Misc|Various|Unknown|General)")) }',
        "hp:OtherProject a owl:Class .",
        "OtherProject",
    ),
    Pitfall(
        "P22 names in different styles",
        """SELECT ?term { ?term a ?kind . FILTER(STRSTARTS(STR(?term), STR(hp:)))
           FILTER(IF(?kind = owl:Class, !REGEX(STR(?term), "#([A-Z][a-z]+)+$"), !REGEX(STR(?term), "#[a-z][a-z0-9]*([A-Z][a-z]*)*$"))) }""",
        "hp:task_kind a owl:Class .",
        "task_kind",
    ),
    Pitfall(
        "P24 a class defined by itself",
        "SELECT ?term { ?term owl:equivalentClass/(owl:intersectionOf|owl:unionOf|rdf:rest|rdf:first|owl:someValuesFrom|owl:allValuesFrom|owl:onClass)+ ?term }",
        "hp:Circle a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( hp:Task hp:Circle ) ] .",
        "Circle",
    ),
    Pitfall(
        "P25 a property inverse of itself",
        "SELECT ?term { ?term owl:inverseOf ?term }",
        "hp:beside a owl:ObjectProperty ; owl:inverseOf hp:beside .",
        "beside",
    ),
    Pitfall(
        "P26 an inverse of a symmetric property",
        "SELECT ?term { ?term a owl:SymmetricProperty . ?term owl:inverseOf|^owl:inverseOf ?other }",
        "hp:partlyComparableWith owl:inverseOf hp:subIndicatorOf .",
        "partlyComparableWith",
    ),
    Pitfall(
        "P27 two properties for one meaning",
        "SELECT ?term { ?term owl:equivalentProperty ?other . FILTER(STRSTARTS(STR(?term), STR(hp:)) && STRSTARTS(STR(?other), STR(hp:))) }",
        "hp:isPartOf a owl:ObjectProperty ; owl:equivalentProperty hp:partOf .",
        "isPartOf",
    ),
    Pitfall(
        "P28 a symmetric property between different classes",
        "SELECT ?term { ?term a owl:SymmetricProperty ; rdfs:domain ?d ; rdfs:range ?r . FILTER(?d != ?r) }",
        "hp:issuedBy a owl:SymmetricProperty .",
        "issuedBy",
    ),
    Pitfall(
        "P29 a transitive property between different classes",
        "SELECT ?term { ?term a owl:TransitiveProperty ; rdfs:domain ?d ; rdfs:range ?r . FILTER(?d != ?r) }",
        "hp:investor a owl:TransitiveProperty .",
        "investor",
    ),
    Pitfall(
        "P31 classes said to be one that cannot share a member",
        """SELECT ?term { ?term owl:equivalentClass|rdfs:subClassOf ?other .
           { ?term owl:disjointWith ?other } UNION { ?list owl:members ?m . ?m rdf:rest*/rdf:first ?term . ?m rdf:rest*/rdf:first ?other } }""",
        "hp:Task rdfs:subClassOf hp:Theme . hp:Task owl:disjointWith hp:Theme .",
        "Task",
    ),
    Pitfall(
        "P32 one label for two terms",
        """SELECT ?term { ?term rdfs:label ?one . ?other rdfs:label ?two . FILTER(?term != ?other && LANG(?one) = LANG(?two) && LCASE(STR(?one)) = LCASE(STR(?two))) }""",
        'hp:Assignment a owl:Class ; rdfs:label "Task"@en .',
        "Assignment",
    ),
    Pitfall(
        "P33 a chain of one property",
        "SELECT ?term { ?term owl:propertyChainAxiom ?chain . ?chain rdf:rest rdf:nil }",
        "hp:locatedIn owl:propertyChainAxiom ( hp:within ) .",
        "locatedIn",
    ),
    Pitfall(
        "P34 a class that is not declared",
        """SELECT ?term { { ?x rdfs:subClassOf|rdfs:domain|owl:onClass|owl:disjointWith|owl:someValuesFrom ?term } UNION { ?x owl:members|owl:unionOf|owl:intersectionOf ?l . ?l rdf:rest*/rdf:first ?term }
           FILTER(ISIRI(?term) && !STRSTARTS(STR(?term), "http://www.w3.org/2001/XMLSchema#")) FILTER NOT EXISTS { ?term a owl:Class } }""",
        "hp:Task rdfs:subClassOf hp:Undeclared .",
        "Undeclared",
    ),
    Pitfall(
        "P35 a property that is not declared",
        """SELECT DISTINCT ?term { { ?s ?term ?o } UNION { ?x owl:onProperty|rdfs:subPropertyOf|owl:inverseOf ?term } UNION { ?x owl:propertyChainAxiom|owl:hasKey ?l . ?l rdf:rest*/rdf:first ?term }
           FILTER(!REGEX(STR(?term), "^http://www.w3.org/(1999/02/22-rdf-syntax-ns|2000/01/rdf-schema|2002/07/owl|2001/XMLSchema)#"))
           FILTER NOT EXISTS { ?term a ?kind } }""",
        'hp:Task hp:undeclared "x" .',
        "undeclared",
    ),
    Pitfall(
        "P36 an IRI that ends as a file",
        'SELECT ?term { ?term a ?kind . FILTER(REGEX(STR(?term), "[.](owl|ttl|rdf|xml|jsonld|html)([#/]|$)")) }',
        "<https://w3id.org/hpkg/def.owl#Task> a owl:Class .",
        "https://w3id.org/hpkg/def.owl#Task",
    ),
    Pitfall(
        "P40 an axiom on a term of others",
        """SELECT ?term { ?term ?axiom ?any . FILTER(ISIRI(?term) && !STRSTARTS(STR(?term), "https://w3id.org/hpkg/") && ?axiom != rdf:type) }""",
        "prov:Plan rdfs:subClassOf hp:Plan .",
        "http://www.w3.org/ns/prov#Plan",
    ),
    Pitfall(
        "R a class without a superclass",
        "SELECT ?term { ?term a owl:Class . FILTER(STRSTARTS(STR(?term), STR(hp:))) FILTER NOT EXISTS { ?term rdfs:subClassOf ?up . FILTER(ISIRI(?up)) } }",
        "hp:Orphan a owl:Class .",
        "Orphan",
        dict.fromkeys(
            ("CodedConcept", "DerivedFigure", "Document", "Organisation", "Passage", "Period", "Place", "Plan", "Project", "Rule", "Statement", "TextUnit"),
            THING,
        ),
    ),
    Pitfall(
        "R one definition for two terms",
        "SELECT ?term { ?term skos:definition ?text . ?other skos:definition ?text . FILTER(?term != ?other) }",
        'hp:Assignment a owl:Class ; skos:definition "A named place: administrative unit, region, natural feature or locality."@en .',
        "Assignment",
    ),
    Pitfall(
        "R white space at the edge of a text, or twice inside",
        'SELECT ?term { ?term ?property ?text . FILTER(ISLITERAL(?text) && REGEX(STR(?text), "^[ \\\\n\\\\t]|[ \\\\n\\\\t]$|  ")) }',
        'hp:Task skos:note "việc  làm"@vi .',
        "Task",
    ),
    Pitfall(
        "R a term that is out of use and still referred to",
        "SELECT ?term { ?term owl:deprecated true . ?other ?property ?term . FILTER(?property NOT IN (dct:isReplacedBy, dct:replaces)) }",
        "hp:Place owl:deprecated true .",
        "Place",
    ),
    Pitfall(
        "R a deprecated term that does not say what to use instead",
        "SELECT ?term { ?term owl:deprecated true . FILTER NOT EXISTS { ?term dct:isReplacedBy ?new } }",
        "hp:Old a owl:Class ; owl:deprecated true .",
        "Old",
    ),
]


def found_by(query: str, graph: Graph) -> set[str]:
    """Return the terms that `query` finds, those of hpkg by their local name."""
    store = pyoxigraph.Store()
    store.load(graph.serialize(format="nt"), pyoxigraph.RdfFormat.N_TRIPLES)
    rows = store.query(PREFIXES + query)
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    terms = (row["term"] for row in rows)
    return {term.value.removeprefix(str(HP)) for term in terms if isinstance(term, pyoxigraph.NamedNode)}


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.code.split(" ", 1)[0])
def test_the_ontology_is_free_of(ontology: Graph, pitfall: Pitfall) -> None:
    """No term falls into the pitfall but those that were looked at, and each of these still does."""
    assert found_by(pitfall.query, ontology) == set(pitfall.reviewed)


@pytest.mark.parametrize("pitfall", PITFALLS, ids=lambda pitfall: pitfall.code.split(" ", 1)[0])
def test_a_planted_defect_is_found(ontology: Graph, pitfall: Pitfall) -> None:
    """The query finds the defect when it is there: it could fail."""
    turtle = PREFIXES.replace("PREFIX", "@prefix").replace(">\n", "> .\n") + pitfall.defect
    assert pitfall.offender in found_by(pitfall.query, ontology + Graph().parse(data=turtle)) - set(pitfall.reviewed)


def test_the_alignments_say_nothing_of_the_terms_of_others(alignments: Graph) -> None:
    """P40 holds of the alignments too: each statement there is about a term of hpkg, or declares one of others."""
    hijacking = next(pitfall for pitfall in PITFALLS if pitfall.code.startswith("P40"))
    assert found_by(hijacking.query, alignments) == set()


@pytest.mark.parametrize(
    ("what", "query"),
    [
        ("P38 an owl:Ontology", "ASK { <https://w3id.org/hpkg/def> a owl:Ontology }"),
        ("P39 its namespace", 'ASK { ?o a owl:Ontology ; vann:preferredNamespaceUri "https://w3id.org/hpkg/def#" }'),
        ("P41 its licence", "ASK { ?o a owl:Ontology ; dct:license ?licence . FILTER(ISIRI(?licence)) }"),
    ],
)
def test_the_header_has(ontology: Graph, what: str, query: str) -> None:
    """The header declares what it must, and a file without a header does not pass."""
    assert ontology.query(PREFIXES + query).askAnswer, what
    assert not Graph().query(PREFIXES + query).askAnswer
