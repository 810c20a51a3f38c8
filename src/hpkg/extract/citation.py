"""The documents a report cites, by number or by name: kind, date, issuer, subject, and what they do to one another."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.extract.analysis import Index
from hpkg.extract.issuer import Issuer, IssuerReader
from hpkg.extract.name import NameReader
from hpkg.extract.title import Title, TitleReader
from hpkg.model import LegalDocument
from hpkg.namespaces import mint, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hpkg.extract.analysis import Analysis
    from hpkg.extract.correction import CorrectionReader
    from hpkg.extract.event import EventReader
    from hpkg.extract.organisation import OrganisationReader
    from hpkg.grammar.document_number import DocumentNumber
    from hpkg.lexicon import Concept

__all__ = ["CitationReader"]

_REACH: Final = 60


@dataclass(frozen=True, slots=True)
class _Citation:
    """One place where a document is cited; `start` is where its kind stands, `end` after number, date and issuer.

    `names` are the names in plain words that it has beside its number, by which it may be cited again.
    """

    key: str
    kind: str
    start: int
    end: int
    label: str
    opened: int
    """Where what follows the word for its kind, or its number, begins."""
    number: DocumentNumber | None = None
    date: str | None = None
    issuer: Issuer | None = None
    subject: str | None = None
    adopted_at: str | None = None
    names: tuple[str, ...] = ()
    is_certain: bool = True


class CitationReader:
    """The documents that one report cites."""

    def __init__(
        self,
        analysis: Analysis,
        organisations: OrganisationReader,
        events: EventReader,
        corrections: CorrectionReader,
    ) -> None:
        """Read from `analysis`, with the issuers, the congresses and the slips found in it."""
        self._analysis = analysis
        self._events = events
        self._corrections = corrections
        self._titles = TitleReader(analysis, organisations, events)
        self._names = NameReader(analysis)
        self._issuers = IssuerReader(analysis)

    # --- what is cited where

    @cached_property
    def _citations(self) -> list[_Citation]:
        found: list[_Citation] = []
        for leaf in self._analysis.leaves:
            found += self._read_leaf(leaf.start, leaf.end)
        found.sort(key=lambda cited: (cited.start, -cited.end))
        certain = {key for cited in found if cited.is_certain for key in (cited.key, *cited.names)}
        return self._joined([cited for cited in found if cited.is_certain or cited.key in certain])

    def _read_leaf(self, start: int, stop: int) -> Iterator[_Citation]:
        """Yield the documents cited in a heading or sentence; a title whose number follows is one with it."""
        titles = list(self._titles.read(start, stop))
        own = slug(self._analysis.document.source.metadata.number)
        last: _Citation | None = None
        taken: set[int] = set()
        for number in self._analysis.document_numbers(start, stop):
            title = next((it for it in titles if it.is_certain and self._leads(it.end, number.start)), None)
            if title is not None:
                taken.add(title.start)
            cited = self._numbered(number, title, last, start, stop)
            last = cited
            if slug(number.normalised) != own:
                yield cited
        yield from (self._named(title) for title in titles if title.start not in taken)

    def _leads(self, end: int, number: int) -> bool:
        """Tell whether only `số` stands between the kind and the number."""
        if end > number:
            return False
        gap = self._analysis.tokens(end, number)
        cues = self._analysis.cues("name-number", end, number)
        return len(gap) == sum(cue.last - cue.first for cue in cues)

    def _numbered(
        self, number: DocumentNumber, title: Title | None, before: _Citation | None, floor: int, stop: int
    ) -> _Citation:
        """Read what stands around a number: kind before it, date, issuer and subject after it."""
        kinds = self._analysis.matches("document-kind", max(floor, number.start - _REACH), number.start)
        named = [kind for kind in kinds if kind.role != "decoy" and self._leads(kind.end, number.start)]
        concept = named[-1].concept if named else title.kind if title else None
        mended = any(mending.reason == "wrong-document-type" for mending in number.corrections)
        key = concept.key if concept and not mended else self._kind_of_code(number, before)
        kind = self._analysis.lexicon.get("document-kind", key)
        start = title.start if title else named[-1].start if named else number.start
        end, date = self._titles.dated(number.end, stop)
        owner = self._titles.owner(end, stop)
        issuer = self._issuers.of(number.issuer_code)
        if owner is not None and owner.explicit:
            end = owner.end
            issuer = Issuer(owner.concept.label, owner.concept.iri) if owner.concept else issuer
            if date is None:
                end, date = self._titles.dated(end, stop)
        subject = self._subject(end, stop)
        label = f"{self._mended(title) if title else kind.label} số {number.normalised}"
        names = (*self._names_of(kind, subject), *((title.key,) if title else ()))
        return _Citation(
            self._number_key(number, date), key, start, end, label, number.end, number, date, issuer,
            self._said(subject), names=names,
        )  # fmt: skip

    def _names_of(self, kind: Concept, subject: tuple[int, int] | None) -> Iterator[str]:
        """Yield the name that a numbered document has by its kind and subject."""
        if subject is not None:
            yield f"{slug(kind.label)}-{slug(self._analysis.text[slice(*subject)])}"

    def _kind_of_code(self, number: DocumentNumber, before: _Citation | None) -> str:
        """Return the kind that the number tells, or that of the citation before it in a list, or that it tells none."""
        if number.kind_code is None and number.unit_code is not None:
            return "official-letter"
        known = self._analysis.lexicon.all("document-kind")
        coded = (kind.key for kind in known if number.kind_code in kind.links.get("numberCode", ()))
        found = next(coded, None)
        if found is not None:
            return found
        listed = before is not None and before.number is not None and self._is_list(before, number)
        if before is not None and listed and before.number is not None and before.number.kind_code is None:
            return before.kind
        return number.kind if number.kind in {kind.key for kind in known} else "document"

    def _is_list(self, before: _Citation, number: DocumentNumber) -> bool:
        """Tell whether a number goes on the list that `before` opened."""
        gap = self._analysis.tokens(before.end, number.start)
        joints = sum(
            cue.last - cue.first
            for key in ("conjunction", "name-number")
            for cue in self._analysis.cues(key, before.end, number.start)
        )
        return len(gap) == joints + sum(token.text in ",;" for token in gap)

    def _subject(self, end: int, stop: int) -> tuple[int, int] | None:
        """Return the span of what the document is about, where `về` follows or a title in quotation marks."""
        text = self._analysis.text
        for cue in self._analysis.cues("about", end, min(stop, end + _REACH)):
            if not text[end : cue.start].strip(" ,\n\xa0"):
                return self._trimmed(cue.end, self._names.read(cue.end, stop, about=True).end)
        name = self._names.read(end, stop)
        return self._trimmed(end, name.end) if name.quoted else None

    def _trimmed(self, start: int, end: int) -> tuple[int, int] | None:
        said = self._analysis.text[start:end]
        first = start + len(said) - len(said.lstrip(' “"\n\xa0'))
        last = first + len(self._analysis.text[first:end].rstrip(' .,;”"\n\xa0'))
        return (first, last) if last > first else None

    def _said(self, span: tuple[int, int] | None) -> str | None:
        return self._corrections.mend(squeeze(self._analysis.text[slice(*span)]), span[0]) if span else None

    def _number_key(self, number: DocumentNumber, date: str | None) -> str:
        area = "vn" if self._issuers.is_national(number.issuer_code) else self._analysis.document.source.area
        key = slug(number.normalised)
        year = date[:4] if date and number.year is None else None
        return f"{area}/{key}-{year}" if year else f"{area}/{key}"

    def _mended(self, title: Title) -> str:
        """Return the name of a document as the text puts it, with its slips mended."""
        said = self._corrections.mend(squeeze(self._analysis.text[title.start : title.end]), title.start)
        return said[:1].upper() + said[1:]

    def _named(self, title: Title) -> _Citation:
        issuer = Issuer(title.issuer.label, title.issuer.iri) if title.issuer else None
        adopted = self._events.iri(title.event) if title.event else None
        return _Citation(
            title.key, title.kind.key, title.start, title.end, self._mended(title), title.begins,
            date=title.date, issuer=issuer, subject=self._said(title.subject), adopted_at=adopted,
            is_certain=title.is_certain,
        )  # fmt: skip

    # --- which citations are of one document

    def _joined(self, found: list[_Citation]) -> list[_Citation]:
        """Return the citations, each with the key of the one document it can mean.

        A document cited without its date is the only dated one of its number or title; one cited by its name alone is
        the only numbered one of that name.
        """
        dated: dict[str, set[str]] = defaultdict(set)
        numbered: dict[str, set[str]] = defaultdict(set)
        for cited in found:
            if cited.date is not None:
                dated[cited.key.removesuffix(f"-{cited.date[:4]}")].add(cited.key)
        for cited in found:
            for name in cited.names:
                numbered[name].add(_only(dated.get(cited.key)) or cited.key)
        joined: list[_Citation] = []
        for cited in found:
            key = _only(dated.get(cited.key)) or cited.key
            if cited.number is None:
                key = _only(numbered.get(key)) or _only(numbered.get(key.partition("/")[2])) or key
            joined.append(replace(cited, key=key))
        return joined

    @cached_property
    def _index(self) -> Index[_Citation]:
        return Index(self._citations)

    @staticmethod
    def _iri(cited: _Citation) -> str:
        return str(mint("document", cited.key))

    def inside(self, start: int, end: int) -> list[str]:
        """Return the IRIs of the documents cited in `start` to `end`."""
        return [self._iri(cited) for cited in self._index.inside(start, end)]

    def spans(self) -> list[tuple[int, int]]:
        """Return the stretches that cite a document, in text order."""
        return [(cited.start, cited.end) for cited in self._citations]

    def implemented_inside(self, start: int, end: int) -> list[str]:
        """Return the IRIs of those that a verb of carrying out leads to."""
        return [self._iri(cited) for cited in self._index.inside(start, end) if self._is_implemented(cited, start)]

    def _is_implemented(self, cited: _Citation, start: int) -> bool:
        cues = self._analysis.cues("implement", max(start, cited.start - _REACH), cited.start)
        return any(not self._analysis.text[cue.end : cited.start].strip(" ,") for cue in cues)

    # --- what they do to one another

    @cached_property
    def _links(self) -> dict[str, dict[str, list[str]]]:
        """Return what each document carries out and amends: keys of documents by `carry` and `amend`."""
        links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        last_amender: tuple[_Citation, _Citation] | None = None
        for at, cited in enumerate(self._citations):
            for other in self._citations[at + 1 : at + 4]:
                if other.start - max(cited.end, cited.opened) > _REACH or other.start < cited.opened:
                    continue
                relation = self._relation(cited, other)
                if relation == "amended":
                    links[other.key]["amend"].append(cited.key)
                    last_amender = (cited, other)
                elif relation is not None:
                    links[cited.key][relation].append(other.key)
            if last_amender and cited.number and cited is not last_amender[1]:
                changed, before = last_amender
                if cited.start > before.end and self._is_list_of_named(before, cited):
                    links[cited.key]["amend"].append(changed.key)
                    last_amender = (changed, cited)
        return links

    def _is_list_of_named(self, before: _Citation, cited: _Citation) -> bool:
        gap = self._analysis.tokens(before.end, cited.start)
        cues = self._analysis.cues("conjunction", before.end, cited.start)
        return bool(gap) and len(gap) == len(cues) + sum(token.text == "," for token in gap)

    def _relation(self, cited: _Citation, other: _Citation) -> str | None:
        """Return how the words between two citations relate them: `carry`, `amend`, `amended`, or not at all."""
        starts = [at for at in (cited.end, cited.opened) if at <= other.start]
        for start in starts:
            cues = {key: self._analysis.cues(key, start, other.start) for key in ("about", "implement", "amend")}
            covered = {at for group in cues.values() for cue in group for at in range(cue.start, cue.end)}
            words = self._analysis.tokens(start, other.start)
            if words and all(token.start in covered for token in words):
                return "amend" if cues["amend"] else "carry" if cues["implement"] else None
        by = self._analysis.cues("amended-by", starts[0], other.start) if starts else []
        if by and len(self._analysis.tokens(starts[0], by[0].start)) <= 1:
            return "amended" if self._analysis.adjoins(by[-1].end, other.start) else None
        return None

    # --- records

    def facts(self) -> list[LegalDocument]:
        """Return one record a document, in order of first citation."""
        grouped: dict[str, list[_Citation]] = defaultdict(list)
        for cited in self._citations:
            grouped[cited.key].append(cited)
        return [self._fact(citations) for citations in grouped.values()]

    def _fact(self, citations: list[_Citation]) -> LegalDocument:
        first = next((cited for cited in citations if cited.number is not None), citations[0])
        place = citations[0]
        issuer = next((cited.issuer for cited in citations if cited.issuer), None)
        links = self._links.get(first.key, {})
        return LegalDocument(
            id=self._iri(first),
            **self._analysis.stated(place.start, place.end),
            label=first.label if first.number else self._label(citations),
            number=first.number.normalised if first.number else None,
            kind=first.kind,
            date=next((cited.date for cited in citations if cited.date), None),
            issuer=issuer.label if issuer else None,
            issuer_id=issuer.iri if issuer else None,
            subject=next((cited.subject for cited in citations if cited.subject), None),
            mentions=tuple(self._analysis.mention(cited.start, cited.end) for cited in citations),
            adopted_at=next((cited.adopted_at for cited in citations if cited.adopted_at), None),
            amends=self._iris(first.key, links.get("amend", ())),
            cites=self._iris(first.key, links.get("carry", ())),
        )

    def _label(self, citations: list[_Citation]) -> str:
        """Return the name that the report uses most, the fuller of those used alike; that of a draft last."""
        counts: dict[str, int] = defaultdict(int)
        drafts: dict[str, bool] = {}
        for cited in citations:
            counts[cited.label] += 1
            drafts[cited.label] = any(
                cue.start == cited.start for cue in self._analysis.cues("draft", cited.start, cited.end)
            )
        return max(counts, key=lambda label: (not drafts[label], counts[label], len(label)))

    @staticmethod
    def _iris(own: str, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the IRIs of `keys`, each once; a document does nothing to itself."""
        return tuple(str(mint("document", key)) for key in dict.fromkeys(keys) if key != own)


def _only(keys: set[str] | None) -> str | None:
    """Return the only one of `keys`, None where there are several or none."""
    return next(iter(keys)) if keys and len(keys) == 1 else None
