"""From fact records to RDF: one graph a report, in the terms of the ontology."""

from hpkg.lift.triples import lift
from hpkg.lift.turtle import write_turtle

__all__ = ["lift", "write_turtle"]
