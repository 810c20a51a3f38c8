"""From fact records to RDF: one graph a report, in the terms of the ontology."""

from hpkg.lift.triples import lift
from hpkg.lift.turtle import render_turtle, write_turtle

__all__ = ["lift", "render_turtle", "write_turtle"]
