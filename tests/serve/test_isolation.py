"""One bad query stops nobody: it ends at its limit, with a reason, and the next one is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.serve.client import Client

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_is_killed_at_its_deadline(strict: Client) -> None:
    """A query that takes longer than it may is told so, with the limit, and the next query is answered."""
    reply = strict.query(ENDLESS)
    assert (reply.status, reply.json()["code"]) == (503, "query-timeout")
    assert "0.5" in reply.json()["title"]
    assert strict.ask("ASK { ?s ?p ?o }")
