"""The organisations a report names.

A body of a province counts only in that province's reports, unless its full name is given, since `Ủy ban nhân dân thành
phố` names another body in each.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.extract.analysis import Index
from hpkg.model import Organisation

if TYPE_CHECKING:
    from hpkg.extract.analysis import Analysis
    from hpkg.lexicon import Match

__all__ = ["OrganisationReader"]

_REACH: Final = 20


class OrganisationReader:
    """The named organisations of one report."""

    def __init__(self, analysis: Analysis) -> None:
        """Read from `analysis`."""
        self._analysis = analysis

    @cached_property
    def named(self) -> list[Match]:
        """Return every organisation the text names, in text order."""
        found: list[Match] = []
        for leaf in self._analysis.leaves:
            for match in self._analysis.matches("organisation", leaf.start, leaf.end):
                if self._holds(match) and not (found and found[-1].start == match.start):
                    found.append(match)
        return found

    def inside(self, start: int, end: int) -> list[Match]:
        """Return the organisations named in `start` to `end`."""
        return self._index.inside(start, end)

    @cached_property
    def _index(self) -> Index[Match]:
        return Index(self.named)

    def _holds(self, match: Match) -> bool:
        text = self._analysis.text[match.start : match.end]
        area = match.concept.key.partition("/")[0]
        home = area in ("vn", "intl", self._analysis.document.source.area) or "/" not in match.concept.key
        return home and any(char.isupper() for char in text) and not self._is_of_elsewhere(match)

    def _is_of_elsewhere(self, match: Match) -> bool:
        """Tell whether another place follows a name that gives none (`Ủy ban nhân dân thành phố Hà Nội`)."""
        if match.form == match.concept.label or match.concept.first("ofArea") is None:
            return False
        text = self._analysis.text
        following = self._analysis.tokens(match.end, match.end + _REACH)[:1]
        adjacent = bool(following) and text[match.end : following[0].start].isspace()
        return adjacent and following[0].kind == "letters" and following[0].text[:1].isupper()

    def facts(self) -> list[Organisation]:
        """Return one record an organisation, in order of first mention."""
        mentions: dict[str, list[Match]] = defaultdict(list)
        for match in self.named:
            mentions[match.concept.iri].append(match)
        return [self._fact(matches) for matches in mentions.values()]

    def _fact(self, matches: list[Match]) -> Organisation:
        concept, first = matches[0].concept, matches[0]
        kind = concept.first("organisationKind")
        forms = {match.form for match in matches if match.role == "label"} - {concept.label}
        return Organisation(
            id=concept.iri,
            **self._analysis.stated(first.start, first.end),
            label=concept.label,
            kind=kind.rpartition("/")[2] if kind else "organisation",
            aliases=tuple(sorted(forms)),
            mentions=tuple(self._analysis.mention(match.start, match.end) for match in matches),
        )
