"""The index: SQLite FTS5 over words as they are written and words folded.

A query is cut into words here, and only quoted words reach FTS5: whatever a person types is searched for, and no
character of it is syntax. Not for: what is indexed (`hpkg.search.gather`).
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Self

from hpkg.errors import CallerError
from hpkg.messages import Language, catalogue
from hpkg.namespaces import fold
from hpkg.search.hit import Found, Hit, Report
from hpkg.search.match import highlights, nearest_report
from hpkg.search.thing import Field
from hpkg.search.way import every_word, some_words
from hpkg.search.word import Word, nearest, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hpkg.search.thing import Thing
    from hpkg.search.way import Way

__all__ = ["FORMAT", "Index", "Named"]

_MAGIC: Final = b"SQLite format 3\0"
FORMAT: Final = 5
"""Number of the layout of a dumped index; another number is another layout."""

_SCHEMA: Final = """
CREATE TABLE about (dataset TEXT NOT NULL);
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, vi TEXT NOT NULL, en TEXT NOT NULL,
  passage TEXT NOT NULL, spoken INTEGER NOT NULL
);
CREATE TABLE report (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE said (thing INTEGER NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (thing, report)) WITHOUT ROWID;
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, field INTEGER NOT NULL, language TEXT NOT NULL,
  text TEXT NOT NULL, folded TEXT NOT NULL, late INTEGER NOT NULL
);
CREATE INDEX thing_called ON thing (iri);
CREATE INDEX entry_of ON entry (thing);
CREATE INDEX entry_named ON entry (folded) WHERE field <= 1;
CREATE VIRTUAL TABLE word USING fts5(
  exact, folded, content='', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(word, 'col');
"""

_BEST: Final = """
SELECT e.id, e.thing
FROM word JOIN entry e ON e.id = word.rowid {thing}
WHERE word MATCH :match AND e.field <= :last {kinds} {report}
ORDER BY {order} e.field, e.late / 2, e.folded = :whole DESC,
  {beside} e.late, {near}, e.id
LIMIT :most
"""
_HIT: Final = """
SELECT e.thing, t.iri, t.kind, t.vi, t.en, t.passage, e.text, e.field, e.language
FROM entry e JOIN thing t ON t.id = e.thing WHERE e.id = :entry
"""
# What a text that holds the words is worth: of a single word the shortest, which is much quicker to tell.
_NEAR: Final = {False: "length(e.folded)", True: "bm25(word)"}
# Words side by side come first; a single word is always beside itself.
_BESIDE: Final = "word.rowid IN (SELECT rowid FROM word WHERE word MATCH :phrase) DESC,"
_COUNT: Final = """
SELECT COUNT(DISTINCT e.thing)
FROM word JOIN entry e ON e.id = word.rowid {thing}
WHERE word MATCH :match AND e.field <= :last {kinds} {report}
"""
_WITH_THING: Final = "JOIN thing t ON t.id = e.thing"
_OF_KINDS: Final = "AND t.kind IN (SELECT value FROM json_each(:kinds))"
_OF_REPORT: Final = "AND EXISTS (SELECT 1 FROM said WHERE said.thing = e.thing AND said.report = :report)"
_MOST_WORDS: Final = 64
_NAMES_EACH: Final = 8
_LATE: Final = "unit"
"""The kind whose names come after all others: they are words of everyday."""
_KINDS_SHOWN: Final = 16


@dataclass(frozen=True, slots=True)
class Named:
    """A thing under one of its names; `spoken` tells whether a report speaks of it."""

    iri: str
    kind: str
    name: str
    spoken: bool


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """What hits are narrowed to, and how many are wanted."""

    kinds: tuple[str, ...]
    report: int | None
    last: Field
    limit: int

    def put(self, statement: str, order: str = "", beside: str = "") -> str:
        """Return `statement` with its conditions and order."""
        return statement.format(
            thing=_WITH_THING if self.kinds else "",
            kinds=_OF_KINDS if self.kinds else "",
            report="" if self.report is None else _OF_REPORT,
            order=order,
            beside=beside,
            near=_NEAR[bool(beside)],
        )

    def values(self, match: str) -> dict[str, object]:
        """Return the values that the statement speaks of."""
        return {"match": match, "last": int(self.last), "kinds": json.dumps(self.kinds), "report": self.report}


class Index:
    """Everything of a graph that can be found, ready to be searched; safe to share between threads."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take a database that `build` or `load` made."""
        self._database = database
        self._lock = Lock()
        counted = self._rows("SELECT kind FROM thing GROUP BY kind ORDER BY COUNT(*) DESC, kind")
        self._kinds = tuple(str(kind) for (kind,) in counted)

    @classmethod
    def build(cls, things: Iterable[Thing], dataset: str = "") -> Self:
        """Return an index over `things` of the graph with the content hash `dataset`."""
        database = _memory()
        database.executescript(_SCHEMA)
        database.execute("INSERT INTO about VALUES (?)", (dataset,))
        reports: dict[str, int] = {}
        for thing in things:
            _add(database, thing, reports)
        database.executemany("INSERT INTO report (iri, id) VALUES (?, ?)", reports.items())
        database.execute("INSERT INTO word (word) VALUES ('optimize')")
        database.commit()
        return cls(database)

    @classmethod
    def load(cls, dumped: bytes) -> Self:
        """Return the index that `dump` gave.

        Raises:
            ValueError: These bytes are no index.
        """
        # The engine takes an empty file for a machine out of memory, and one cut off for sound until it is read.
        if not dumped.startswith(_MAGIC) or len(dumped) != _size(dumped):
            raise ValueError("no index")
        database = _memory()
        try:
            database.deserialize(dumped)
            database.execute("SELECT dataset FROM about")
            return cls(database)
        except sqlite3.DatabaseError as error:
            database.close()
            raise ValueError("no index") from error

    def dump(self) -> bytes:
        """Return the index as bytes."""
        with self._lock:
            return self._database.serialize()

    @property
    def dataset(self) -> str:
        """Return the content hash of the graph."""
        return str(self._rows("SELECT dataset FROM about")[0][0])

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the kinds of things that can be found, the most frequent first."""
        return self._kinds

    @property
    def reports(self) -> tuple[Report, ...]:
        """Return the reports that hits can be narrowed to, sorted by key."""
        rows = self._rows(
            "SELECT r.iri, e.text FROM report r LEFT JOIN thing t ON t.iri = r.iri LEFT JOIN entry e ON e.thing = t.id"
            " ORDER BY r.iri, e.field, e.id"
        )
        names: dict[str, list[str]] = {}
        for iri, name in rows:
            names.setdefault(iri, []).extend([name] if name else [])
        return tuple(Report(iri, tuple(said)) for iri, said in names.items())

    def search(  # noqa: PLR0913 — each narrows in its own way, all by name
        self,
        query: str,
        *,
        kinds: Sequence[str] = (),
        report: str | None = None,
        limit: int = 20,
        language: Language = "en",
        last: Field = Field.SENTENCE,
    ) -> Found:
        """Return the things that hold all words of `query`; the last word may be the beginning of one.

        Words found with their tones come before words found without; then labels before other names, statements and
        sentences, units after all else, whole names before parts, words that stand side by side before others, what a
        report speaks of before reference data. When nothing holds all words, the hits hold some of them.

        Args:
            query: Any characters; letters and digits count.
            kinds: Only things of these kinds, each a key (`project`) or its name in a language (`dự án`).
            report: Only what the report speaks of: its IRI, key, number or title.
            limit: At most so many hits.
            language: Language of labels.
            last: Look no further than this field.

        Raises:
            CallerError: There is no letter or digit to look for, there are too many words, or a kind or report is not
                in this graph.
        """
        asked = list(words(query))
        if not asked:
            raise CallerError("search-empty")
        if len(asked) > _MOST_WORDS:
            raise CallerError("search-too-long", count=len(asked), most=_MOST_WORDS)
        narrowing = _Narrowing(tuple(map(self.kind, kinds)), self._report(report), last, limit)
        ways = every_word(asked)
        hits = self._best(ways, asked, narrowing, language)
        whole = bool(hits) or len(asked) == 1
        if not whole:
            ways = (some_words(asked),)
            hits = self._best(ways, asked, narrowing, language)
        total = self._count(ways[-1], narrowing) if len(hits) == limit else len(hits)
        unknown = () if whole and hits else tuple(self._unknown(asked))
        return Found(query, hits, total, whole, unknown, self.dataset, language)

    def suggest(self, begun: str, *, limit: int = 8, language: Language = "en") -> list[dict[str, Any]]:
        """Return what `begun` may become, for a field that completes what is typed: things by their names.

        Each is a JSON-able record: `iri`, `kind`, `kind_name`, `label`, `text` (the name that matched) and
        `highlights`. Words that are no words yet give nothing, and no error.
        """
        asked = list(words(begun))
        if not asked or len(asked) > _MOST_WORDS:
            return []
        narrowing = _Narrowing((), None, Field.ALIAS, limit)
        hits = self._best(every_word(asked), asked, narrowing, language)
        shown = ("iri", "kind", "kind_name", "label", "text", "highlights")
        return [{name: record[name] for name in shown} for record in (hit.to_dict(language) for hit in hits)]

    def named(self, folded: str) -> list[Named]:
        """Return the things with a name whose words, folded and joined by spaces, are `folded`."""
        rows = self._rows(
            "SELECT t.iri, t.kind, e.text, t.spoken FROM entry e JOIN thing t ON t.id = e.thing"
            " WHERE e.folded = :folded AND e.field <= 1 ORDER BY e.field, t.spoken DESC, t.id",
            folded=folded,
        )
        return [Named(iri, kind, text, bool(spoken)) for iri, kind, text, spoken in rows]

    def containing(self, query: str, kinds: Sequence[str], limit: int, *, begun: bool = False) -> tuple[Hit, ...]:
        """Return the things of `kinds` whose names hold all words of `query`; the last may be `begun` only."""
        asked = list(words(query))
        narrowing = _Narrowing(tuple(kinds), None, Field.ALIAS, limit)
        return self._best(every_word(asked, begun=begun), asked, narrowing, "vi") if asked else ()

    def labels(self, iri: str) -> tuple[str, str]:
        """Return the labels of a thing, in Vietnamese and in English; either may be empty."""
        found = self._rows("SELECT vi, en FROM thing WHERE iri = :iri", iri=iri)
        return (str(found[0][0]), str(found[0][1])) if found else ("", "")

    def names_of(self, iri: str) -> list[str]:
        """Return the names of a thing as they are written, its labels first."""
        rows = self._rows(
            "SELECT e.text FROM entry e JOIN thing t ON t.id = e.thing WHERE t.iri = :iri AND e.field <= 1"
            " ORDER BY e.field, e.id",
            iri=iri,
        )
        return [str(text) for (text,) in rows]

    def has_word(self, folded: str) -> bool:
        """Tell whether any name or sentence has a word that folds to `folded`."""
        return bool(self._rows("SELECT 1 FROM vocabulary WHERE term = :term AND col = 'folded'", term=folded))

    def names(self) -> Iterator[dict[str, Any]]:
        """Yield every thing with its names, for a page that searches without a server.

        Each is a JSON-able record: `iri`, `kind`, `vi`, `en` (labels, may be empty), `spoken` (a report speaks of it)
        and `names`, all names folded, the label first.
        """
        rows = self._rows(
            "SELECT t.iri, t.kind, t.vi, t.en, t.spoken, json_group_array(e.folded) FROM thing t"
            " JOIN (SELECT DISTINCT thing, field, folded FROM entry WHERE field <= :last ORDER BY field) e"
            " ON e.thing = t.id GROUP BY t.id ORDER BY t.id",
            last=int(Field.ALIAS),
        )
        for iri, kind, vi, en, spoken, folded in rows:
            names = list(dict.fromkeys(json.loads(folded)))
            yield {"iri": iri, "kind": kind, "vi": vi, "en": en, "spoken": bool(spoken), "names": names}

    def kind(self, said: str) -> str:
        """Return the kind that `said` means, a key or a name in either language.

        Raises:
            CallerError: There is no such kind; the hint has the nearest.
        """
        known = self._kinds
        if said in known:
            return said
        meaning = {kind: kind for kind in known}
        for language in ("vi", "en"):
            for kind in known:
                meaning.setdefault(fold(catalogue(language).get(f"kind.{kind}", kind)), kind)
        wanted = fold(said.strip())
        for form in (wanted, wanted.replace(" ", "-"), wanted.removesuffix("s")):
            if form in meaning:
                return meaning[form]
        near = [meaning[name] for name in nearest(wanted, meaning)]
        raise CallerError(
            "search-kind-unknown", where=said, nearest=", ".join(dict.fromkeys(near)) or "–", known=_listed(known)
        )

    def _report(self, said: str | None) -> int | None:
        if said is None:
            return None
        iri = nearest_report(said, self.reports)
        return int(self._rows("SELECT id FROM report WHERE iri = :iri", iri=iri)[0][0])

    def _best(
        self, ways: Sequence[Way], asked: Sequence[Word], narrowing: _Narrowing, language: Language
    ) -> tuple[Hit, ...]:
        """Return the best hits, one a thing, those of the first way first."""
        found: dict[int, tuple[int, bool]] = {}
        phrase = " ".join(word.folded for word in asked)
        # A single letter begins too many words to look for what stands beside it.
        beside = _BESIDE if len(asked) > 1 and len(asked[-1].folded) > 1 else ""
        for way in ways:
            values = narrowing.values(way.match) | dict(way.values)
            values |= {"whole": phrase, "phrase": f'folded : "{phrase}" *'}
            statement = narrowing.put(_BEST, way.order, beside)
            # A thing has several names; where they push others out, all are asked for.
            for most in (narrowing.limit * _NAMES_EACH, -1):
                rows = self._rows(statement, **values, most=most) if len(found) < narrowing.limit else []
                for entry, thing in rows:
                    if len(found) < narrowing.limit:
                        found.setdefault(thing, (entry, way.exact))
                if len(rows) < most:
                    break
        return tuple(
            self._hit(self._rows(_HIT, entry=entry)[0], asked, language, exact=exact) for entry, exact in found.values()
        )

    def _hit(self, row: tuple[Any, ...], asked: Sequence[Word], language: Language, *, exact: bool) -> Hit:
        thing, iri, kind, vi, en, passage, text, field, spoken_in = row
        label = (vi or en) if language == "vi" else (en or vi)
        if field >= Field.STATEMENT:
            label = vi or en or text
        reports = self._rows(
            "SELECT r.iri FROM said JOIN report r ON r.id = said.report WHERE said.thing = :thing ORDER BY r.iri",
            thing=thing,
        )
        return Hit(
            iri=iri,
            kind=kind,
            label=label,
            text=text,
            field=Field(field).name.lower(),
            language=spoken_in,
            highlights=highlights(text, asked, exact=exact),
            exact=exact,
            reports=tuple(Report(said, ()).key for (said,) in reports),
            passage=passage,
        )

    def _count(self, way: Way, narrowing: _Narrowing) -> int:
        return int(self._rows(narrowing.put(_COUNT), **narrowing.values(way.match))[0][0])

    def _unknown(self, asked: Sequence[Word]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each word that nothing holds, with the words nearest to it as they are written."""
        spelt = self._spelt
        for place, word in enumerate(asked):
            last = place == len(asked) - 1
            if word.folded in spelt or (last and any(term.startswith(word.folded) for term in spelt)):
                continue
            # The first letter is hardly ever the wrong one, and comparing with all words would be slow.
            alike = [term for term in spelt if term[:1] == word.folded[:1]]
            yield word.exact, tuple(spelt[term][0] for term in nearest(word.folded, alike))

    @cached_property
    def _spelt(self) -> dict[str, list[str]]:
        """Return the words as they are written by the word without tones, the most frequent first."""
        spelt: dict[str, list[str]] = {}
        for term, _ in self._rows("SELECT term, doc FROM vocabulary WHERE col = 'exact' ORDER BY doc DESC, term"):
            spelt.setdefault(fold(term), []).append(term)
        return spelt

    def _rows(self, statement: str, /, **values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()


def _listed(kinds: Sequence[str]) -> str:
    return ", ".join(kinds[:_KINDS_SHOWN]) + (", …" if len(kinds) > _KINDS_SHOWN else "")


def _size(dumped: bytes) -> int:
    """Return the size that the header of a database tells: bytes a page times pages (SQLite file format, 1.3)."""
    return int.from_bytes(dumped[16:18]) * int.from_bytes(dumped[28:32])


def _memory() -> sqlite3.Connection:
    # The lock of the index keeps threads apart.
    return sqlite3.connect(":memory:", check_same_thread=False)


def _add(database: sqlite3.Connection, thing: Thing, reports: dict[str, int]) -> None:
    labels = {name.language: name.text for name in reversed(thing.names) if name.field != Field.ALIAS}
    given = (thing.iri, thing.kind, labels.get("vi", ""), labels.get("en") or labels.get("", ""), thing.passage)
    added = database.execute(
        "INSERT INTO thing (iri, kind, vi, en, passage, spoken) VALUES (?, ?, ?, ?, ?, ?)",
        (*given, bool(thing.reports)),
    ).lastrowid
    late = 2 * (thing.kind == _LATE) + (not thing.reports)
    for report in sorted(thing.reports):
        known = reports.setdefault(report, len(reports) + 1)
        database.execute("INSERT INTO said VALUES (?, ?)", (added, known))
    for name in thing.names:
        found = list(words(name.text))
        exact, folded = (" ".join(getattr(word, form) for word in found) for form in ("exact", "folded"))
        entry = database.execute(
            "INSERT INTO entry (thing, field, language, text, folded, late) VALUES (?, ?, ?, ?, ?, ?)",
            (added, name.field, name.language, name.text, folded, late),
        ).lastrowid
        database.execute("INSERT INTO word (rowid, exact, folded) VALUES (?, ?, ?)", (entry, exact, folded))
