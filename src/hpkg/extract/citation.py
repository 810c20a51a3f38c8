"""The documents a report cites by number: kind, date, issuer, subject, and what they carry out themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.analysis import Index
from hpkg.model import LegalDocument
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.organisation import OrganisationReader
    from hpkg.grammar.document_number import DocumentNumber
    from hpkg.lexicon import Match

__all__ = ["CitationReader"]

_REACH: Final = 60
_SHORT: Final = 24
_NATIONAL: Final = frozenset({"CP", "TW", "TTg", "QH"})
"""Issuing codes of bodies of the nation; ministries begin with B."""


@dataclass(frozen=True, slots=True)
class _Citation:
    """One place where a numbered document is cited; `start` is where its kind stands, `end` after number and issuer."""

    number: DocumentNumber | None
    kind: str
    start: int
    end: int
    date: str | None
    issuer: Match | None
    subject: str | None
    iri: str


class CitationReader:
    """The documents that one report cites."""

    def __init__(self, analysis: Analysis, organisations: OrganisationReader) -> None:
        """Read from `analysis`, with the issuers that `organisations` names."""
        self._analysis = analysis
        self._organisations = organisations

    @cached_property
    def _citations(self) -> list[_Citation]:
        found: list[_Citation] = []
        own = self._analysis.document.source.metadata.number
        for leaf in self._analysis.leaves:
            found += (
                self._read(number, leaf.start, leaf.end)
                for number in self._analysis.document_numbers(leaf.start, leaf.end)
                if number.normalised != own
            )
            found += self._named(leaf.start, leaf.end)
        found.sort(key=lambda cited: cited.start)
        return self._with_dates(found)

    def _with_dates(self, found: list[_Citation]) -> list[_Citation]:
        """Return the citations, one without a date taken for the only dated document of its number."""
        dated: dict[str, set[str]] = defaultdict(set)
        for cited in found:
            if cited.number is not None and cited.date is not None:
                dated[self._iri(cited.number, None)].add(cited.iri)
        return [
            replace(cited, iri=next(iter(dated[cited.iri]))) if len(dated.get(cited.iri, ())) == 1 else cited
            for cited in found
        ]

    def inside(self, start: int, end: int) -> list[str]:
        """Return the IRIs of the documents cited in `start` to `end`."""
        return [cited.iri for cited in self._index.inside(start, end)]

    @cached_property
    def _index(self) -> Index[_Citation]:
        return Index(self._citations)

    def implemented_inside(self, start: int, end: int) -> list[str]:
        """Return the IRIs of those that a verb of carrying out leads to."""
        return [cited.iri for cited in self._index.inside(start, end) if self._is_implemented(cited, start)]

    def _is_implemented(self, cited: _Citation, start: int) -> bool:
        cues = self._analysis.cues("implement", max(start, cited.start - _REACH), cited.start)
        return any(not self._analysis.text[cue.end : cited.start].strip(" ,") for cue in cues)

    def facts(self) -> list[LegalDocument]:
        """Return one record a document, in order of first citation."""
        grouped: dict[str, list[_Citation]] = defaultdict(list)
        for cited in self._citations:
            grouped[cited.iri].append(cited)
        return [self._fact(citations) for citations in grouped.values()]

    def _fact(self, citations: list[_Citation]) -> LegalDocument:
        first = citations[0]
        issuer = next((cited.issuer.concept for cited in citations if cited.issuer), None)
        return LegalDocument(
            id=first.iri,
            **self._analysis.stated(first.start, first.end),
            label=self._label(first),
            number=first.number.normalised if first.number else None,
            kind=first.kind,
            date=next((cited.date for cited in citations if cited.date), None),
            issuer=issuer.label if issuer else None,
            issuer_id=issuer.iri if issuer else None,
            subject=next((cited.subject for cited in citations if cited.subject), None),
            mentions=tuple(self._analysis.mention(cited.start, cited.end) for cited in citations),
            cites=tuple(dict.fromkeys(iri for cited in citations for iri in self._carried_out(cited))),
        )

    def _label(self, cited: _Citation) -> str:
        if cited.number is None:
            return squeeze(self._analysis.text[cited.start : cited.end])
        kind = self._analysis.lexicon.get("document-kind", cited.kind)
        return f"{kind.label} {cited.number.normalised}"

    def _named(self, start: int, stop: int) -> Iterator[_Citation]:
        """Yield the documents that have no number but a name: one of a kind, in capitals, `về` something."""
        text = self._analysis.text
        for kind in self._analysis.matches("document-kind", start, stop):
            several = self._analysis.cues("several", max(start, kind.start - 12), kind.start)
            cues = self._analysis.cues("about", kind.end, min(stop, kind.end + _SHORT))
            named = (
                text[kind.start].isupper()
                and cues
                and not any(mark in text[kind.end : cues[0].start] for mark in ",;:(")
            )
            if several or not named or self._analysis.document_numbers(kind.start, cues[0].start):
                continue
            national = self._analysis.cues("national", kind.end, cues[0].start)
            if text[kind.end : cues[0].start].strip() and not national:
                continue
            cuts = [at for mark in (",", ";", " (", ".") if (at := text.find(mark, cues[0].end, stop)) > 0]
            end = min(cuts, default=stop)
            label = squeeze(text[kind.start : end])
            area = "vn" if national else self._analysis.document.source.area
            iri = str(mint("document", area, slug(label)))
            subject = squeeze(text[cues[0].end : end])
            yield _Citation(None, kind.concept.key, kind.start, end, None, None, subject, iri)

    def _read(self, number: DocumentNumber, start: int, stop: int) -> _Citation:
        kinds = self._analysis.matches("document-kind", max(start, number.start - _REACH), number.start)
        named = [kind for kind in kinds if self._leads(kind.end, number.start)]
        first = named[-1].start if named else number.start
        end, date, issuer = self._tail(number.end, stop)
        mended = any(mending.reason == "wrong-document-type" for mending in number.corrections)
        kind = named[-1].concept.key if named and not mended else self._kind_of_code(number)
        return _Citation(number, kind, first, end, date, issuer, self._subject(end, stop), self._iri(number, date))

    def _leads(self, end: int, number: int) -> bool:
        """Tell whether only `số` stands between the kind and the number."""
        gap = self._analysis.tokens(end, number)
        cues = self._analysis.cues("name-number", end, number)
        return len(gap) == sum(cue.last - cue.first for cue in cues)

    def _kind_of_code(self, number: DocumentNumber) -> str:
        """Return the kind that the number itself tells, or that it tells none."""
        known = self._analysis.lexicon.all("document-kind")
        coded = (kind.key for kind in known if number.kind_code in kind.links.get("numberCode", ()))
        kinds = {kind.key for kind in known}
        return next(coded, number.kind if number.kind in kinds else None) or "document"

    def _tail(self, end: int, stop: int) -> tuple[int, str | None, Match | None]:
        """Return the end, date and issuer of what follows a number: `ngày 05/6/2020 của Ban Thường vụ Thành ủy`."""
        text, date, issuer = self._analysis.text, None, None
        dates = self._analysis.dates(end, min(stop, end + _REACH))
        if dates and not text[end : dates[0].start].strip(" ,"):
            date, end = dates[0].value, dates[0].end
        cues = self._analysis.cues("issued-by", end, min(stop, end + _REACH))
        if cues and self._analysis.adjoins(end, cues[0].start):
            bodies = self._organisations.inside(cues[0].end, min(stop, cues[0].end + _REACH))
            if bodies and self._analysis.adjoins(cues[0].end, bodies[0].start):
                issuer, end = bodies[0], bodies[0].end
        return end, date, issuer

    def _subject(self, end: int, stop: int) -> str | None:
        """Return what the document is about, where `về` follows."""
        text = self._analysis.text
        for cue in self._analysis.cues("about", end, min(stop, end + _REACH)):
            if self._analysis.adjoins(end, cue.start):
                cuts = [at for mark in (";", " (", ".") if (at := text.find(mark, cue.end, stop)) > 0]
                return squeeze(text[cue.end : min(cuts, default=stop)]).rstrip(" .,;") or None
        return None

    def _carried_out(self, cited: _Citation) -> Iterator[str]:
        """Yield the documents that this one carries out: `… của A [về] thực hiện Nghị quyết số B`."""
        for other in self._citations:
            gap = self._analysis.text[cited.end : other.start] if cited.end < other.start else ""
            words = self._analysis.tokens(cited.end, other.start) if gap and len(gap) < _REACH else []
            cues = [cue for key in ("about", "implement") for cue in self._analysis.cues(key, cited.end, other.start)]
            covered = {at for cue in cues for at in range(cue.start, cue.end)}
            carries = any(cue.concept.key == "implement" for cue in cues)
            if words and carries and all(token.start in covered for token in words):
                yield other.iri

    def _iri(self, number: DocumentNumber, date: str | None) -> str:
        code = number.issuer_code or ""
        national = code in _NATIONAL or code.startswith(("B", "QH"))
        area = "vn" if national else self._analysis.document.source.area
        key = slug(number.normalised)
        year = date[:4] if date and number.year is None else None
        return str(mint("document", area, f"{key}-{year}" if year else key))
