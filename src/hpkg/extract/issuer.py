"""The body that issued a document, told by the code in its number.

`BTC` is a ministry wherever it stands; `UBND`, `HĐND` and `TU` are bodies of the report's own area. A code that several
bodies share (`TW`) tells none. Not for: a body that the words name (`hpkg.extract.title`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from hpkg.extract.area_body import AreaBodies
from hpkg.grammar.word import tokens

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.lexicon import Concept

__all__ = ["Issuer", "IssuerReader"]

_OF_AN_AREA: Final = {"UBND": "peoples-committee", "HĐND": "peoples-council", "TU": "party-committee"}


class Issuer(NamedTuple):
    """A body that issues documents: its name, and its IRI when it is a known organisation."""

    label: str
    iri: str | None


class IssuerReader:
    """Tells the issuers of one report's documents by their codes."""

    def __init__(self, analysis: Analysis) -> None:
        """Read with the area and the words of `analysis`."""
        self._lexicon = analysis.lexicon
        self._area = analysis.document.source.area
        self._bodies = AreaBodies(analysis.lexicon, self._area, analysis.document.source.metadata.date)
        self._names = {
            code: concept
            for concept in analysis.lexicon.all("issuing-code")
            for code in concept.links.get("numberCode", ())
        }
        self._own: dict[str, Concept] = {}
        for organisation in analysis.lexicon.all("organisation"):
            kind = (organisation.first("organisationKind") or "").rpartition("/")[2]
            top = organisation.key.partition("/")[0] == self._area
            if top and kind in _OF_AN_AREA.values() and self._is_of_the_whole_area(organisation):
                self._own.setdefault(kind, organisation)

    def _is_of_the_whole_area(self, organisation: Concept) -> bool:
        place = (organisation.first("ofArea") or "").rpartition("/")[2]
        return place == self._area.partition("-")[0]

    def of(self, code: str | None) -> Issuer | None:
        """Return the issuer with `code`, the first of several that issue together; None when it tells none."""
        for part in (code or "").split("-")[:1]:
            known = self._own.get(_OF_AN_AREA.get(part, ""))
            if known is not None:
                return Issuer(known.label, known.iri)
            if part in _OF_AN_AREA:
                label = self._unlisted(_OF_AN_AREA[part])
                return Issuer(label, None) if label else None
            named = self._names.get(part) or self._names.get(part.rstrip("0123456789"))
            if named is not None:
                return Issuer(named.label, self._organisation(named.label))
        return None

    def _unlisted(self, kind: str) -> str | None:
        """Return the name of a body of the area that the reference data do not list: its kind and the area."""
        body = self._bodies.leading(kind)
        return body.label if body else None

    def is_national(self, code: str | None) -> bool:
        """Tell whether `code` is that of a body of the nation."""
        part = (code or "").split("-")[0]
        return part == "TW" or part in self._names or part.rstrip("0123456789") in self._names or part.startswith("B")

    def _organisation(self, label: str) -> str | None:
        """Return the IRI of the organisation called `label`, where one is known."""
        run = tokens(label)
        found = self._lexicon.find(run, "organisation")
        return found[0].concept.iri if found and found[0].last - found[0].first == len(run) else None
