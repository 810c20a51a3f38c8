"""The knowledge graph as one Python object: ask, query, search, look up.

Not for: building the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Self

from hpkg.home import home
from hpkg.questions.asking import ask, tabulate
from hpkg.questions.catalogue import all_questions, named
from hpkg.questions.description import describe
from hpkg.questions.lookup import find
from hpkg.store import open_endpoint, open_store
from hpkg.store.guard import form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rdflib import Graph

    from hpkg.export.analysis.with_networkx import NetworkxGraph
    from hpkg.home import Home
    from hpkg.messages import Language
    from hpkg.questions.answer import Answer
    from hpkg.questions.description import Description
    from hpkg.questions.question import Question
    from hpkg.search import Found, Index
    from hpkg.store import Store
    from hpkg.understand import Reading, Understood

__all__ = ["KnowledgeGraph"]


@dataclass(frozen=True, slots=True)
class KnowledgeGraph:
    """A loaded graph with the questions that can be asked of it.

    Attributes:
        home: The folder it was loaded from.
        store: The store that answers.
    """

    home: Home
    store: Store

    @classmethod
    def open(cls, root: Path | None = None, *, merged: bool = False) -> Self:
        """Return the graph in the folder `root`, else in `$HPKG_HOME`, else the one shipped with hpkg.

        Args:
            root: The folder.
            merged: Load the named graphs only when a query names one: quicker for who asks little.
        """
        place = home(root)
        return cls(place, open_store(place, merged=merged))

    @classmethod
    def remote(cls, endpoint: str, root: Path | None = None) -> Self:
        """Return the graph behind the SPARQL endpoint at this address, with the questions of the folder `root`.

        Raises:
            StoreError: It is no address of an endpoint.
        """
        return cls(home(root), open_endpoint(endpoint))

    @property
    def version(self) -> str:
        """Return the content hash of the graph; every answer carries it as `dataset`."""
        return self.store.version

    def questions(self, about: str | None = None) -> tuple[Question, ...]:
        """Return the questions that can be asked, or those about a word in either language, with tones or without.

        >>> import hpkg
        >>> [question.name for question in hpkg.open().questions("tru cot nhiem vu")][:1]
        ['tasks-by-district-and-pillar']
        """
        return all_questions(self.home, about)

    def ask(
        self, name: str, /, *, lang: Language = "en", max_rows: int | None = None, **parameters: str | int
    ) -> Answer:
        """Return the answer to the question `name`.

        Args:
            name: Name of the question, such as `tasks-by-pillar`.
            lang: Language of labels; quotes stay as the report has them.
            max_rows: Limit of rows; `Answer.complete` tells whether it cut any off.
            parameters: What to narrow the question by: a key, an IRI or a name each.

        Raises:
            CallerError: No such question or parameter, or a value that means nothing here.

        >>> import hpkg
        >>> answer = hpkg.open().ask("target-against-result", indicator="xuat khau", year=2021, lang="vi")
        >>> answer
        <Answer target-against-result: 1 rows, complete>
        >>> row = answer[0]
        >>> row["result_text"], row["target_text"], row["difference"], row["unit_name"]
        ('18,95 tỷ USD', '22,3 tỷ USD', Decimal('3.35'), 'tỷ USD')
        >>> row.evidence[0].quote, row.evidence[0].section, row.evidence[0].start
        ('đạt 22,3 tỷ USD', 'p2.iv.1.6', 16098)
        """
        given = {parameter: str(value) for parameter, value in parameters.items()}
        return ask(self.store, named(self.home, name), given, language=lang, max_rows=max_rows)

    def ask_text(self, text: str, /, *, lang: Language | None = None, max_rows: int | None = None) -> Understood:
        """Return how a question in plain words is understood, and the answer to that.

        Args:
            text: A question in Vietnamese or English, with tones or without.
            lang: Language of labels; without it, that of the question.
            max_rows: Limit of rows.

        Raises:
            CallerError: It is not understood, or a value that it names means nothing here.

        >>> import hpkg
        >>> understood = hpkg.open().ask_text("nhiệm vụ nào phục vụ trụ cột cảng biển?")
        >>> understood.reading.best.call
        'tasks-by-pillar --pillar port-logistics'
        >>> understood.answer.count > 0
        True
        """
        # Who asks by name does not wait for what reads plain words.
        understood: Understood = import_module("hpkg.understand").ask_text(
            self.home, self.store, text, language=lang, max_rows=max_rows
        )
        return understood

    def understand(self, text: str, /) -> Reading:
        """Return what a question in plain words means: the module, its parameters, and the next best.

        Raises:
            CallerError: It is not understood.
        """
        reading: Reading = import_module("hpkg.understand").understand(self.home, self.store, text)
        return reading

    def sparql(self, query: str, *, lang: Language = "en", max_rows: int | None = None) -> Answer | bool | Graph:
        """Return what a SPARQL query gives: rows for SELECT, a truth value for ASK, a graph for CONSTRUCT and DESCRIBE.

        Raises:
            CallerError: The query is wrong, changes the graph, or reaches outside it.

        >>> import hpkg
        >>> kg = hpkg.open()
        >>> kg.sparql("SELECT ?pillar { ?pillar a hp:Pillar } ORDER BY ?pillar").column("pillar")[0]
        'https://w3id.org/hpkg/id/pillar/high-tech-industry'
        >>> kg.sparql("ASK { ?task a hp:Task ; hp:deadline ?period }")
        True
        """
        kind = form(query)
        if kind == "SELECT":
            return tabulate(self.store, self.store.select(query, max_rows=max_rows), lang, max_rows=max_rows)
        if kind == "ASK":
            return self.store.ask(query)
        return self.store.construct(query)

    def show(self, name: str, *, lang: Language = "en") -> Description:
        """Return what the graph says of the thing with this IRI, key or name.

        Raises:
            CallerError: Nothing has that name, or several things have it.
        """
        return describe(self.store, find(self.store, name), lang)

    def to_networkx(self, view: str = "full", *, lang: Language = "en") -> NetworkxGraph:
        """Return a view of the graph for networkx: IRIs with typed attributes, links under the name of their property.

        Args:
            view: Name of a view, such as `pillars`, or a file with a SPARQL CONSTRUCT.
            lang: Language of `label`.

        Raises:
            CallerError: There is no such view.

        >>> import hpkg
        >>> network = hpkg.open().to_networkx("pillars")
        >>> network.nodes["https://w3id.org/hpkg/id/pillar/port-logistics"]["kind"]
        'Pillar'
        """
        # networkx takes long to load, and few ask for it.
        export = import_module("hpkg.export")
        made: NetworkxGraph = export.to_networkx(export.network_of(self.store, export.Selection(view), lang))
        return made

    def search(
        self,
        query: str,
        *,
        kind: str | Sequence[str] = (),
        report: str | None = None,
        limit: int = 20,
        lang: Language = "en",
    ) -> Found:
        """Return the things and sentences that hold the words of `query`, the best first.

        Args:
            query: Words, with tones or without; the last may be the beginning of one.
            kind: Only things of this kind, or of these: `project`, `sentence`, `indicator`, `place`, `question` …
            report: Only what this report speaks of: its key, number or title.
            limit: At most so many hits; `Found.total` tells how many there are.
            lang: Language of labels.

        Raises:
            CallerError: There is nothing to look for, or no such kind or report.

        >>> import hpkg
        >>> hit = hpkg.open().search("cang bien", lang="vi").hits[0]
        >>> hit.kind, hit.label, hit.highlights
        ('pillar', 'Cảng biển-logistics', ((0, 9),))
        """
        index: Index = import_module("hpkg.understand").search_index(self.home, self.store)
        kinds = (kind,) if isinstance(kind, str) else tuple(kind)
        return index.search(query, kinds=kinds, report=report, limit=limit, language=lang)
