"""The named graphs of a home, sent to a server of another make by the SPARQL 1.1 Graph Store Protocol.

Each graph is one PUT: the server has it as it was or as it is now. All files are read before the first is sent, and
after each the server is asked how many triples it holds. Not for: asking questions there (`hpkg.store.remote`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import httpx2

from hpkg.errors import StoreError
from hpkg.namespaces import BASE
from hpkg.store.dialect import graph_store
from hpkg.store.embedded import triples_of
from hpkg.store.remote import RemoteStore, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import TracebackType

    from hpkg.home import Home

__all__ = ["Login", "Sent", "send_graphs"]

_TIMEOUT_SECONDS: Final = 300.0
_UNAUTHORISED: Final = 401
_REFUSALS: Final = frozenset({_UNAUTHORISED, 403})
_NO_GRAPH_STORE: Final = frozenset({404, 405, 501})


@dataclass(frozen=True, slots=True)
class Login:
    """Who writes: a token, or a user with a password; empty where the server asks for neither."""

    token: str = ""
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a server holds now.

    Attributes:
        address: Where its graph store is.
        graphs: How many graphs were sent.
        triples: How many triples they have together.
        others: Graphs of ours that it had and the home has not, sorted.
        removed: Whether those have been removed.
    """

    address: str
    graphs: int
    triples: int
    others: tuple[str, ...]
    removed: bool


def send_graphs(  # noqa: PLR0913 — what, where to, as whom
    home: Home,
    endpoint: str,
    login: Login | None = None,
    *,
    address: str | None = None,
    prune: bool = False,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Sent:
    """Replace every named graph of `home` in the server whose SPARQL endpoint is `endpoint`.

    Args:
        home: The folder whose graphs are sent.
        endpoint: Address of the endpoint, `https://…/sparql`.
        login: Who writes.
        address: Address of the graph store; left out, it is told by the make of the server.
        prune: Whether graphs of ours are removed that the home does not have.
        tell: Called with the number of graphs that are done and the number of all.

    Raises:
        OntologyError: A file of the ontology cannot be read; then nothing was sent.
        StoreError: A file of the graph cannot be read, the server refuses, or holds something else afterwards.
    """
    contents = triples_of(home)
    store = RemoteStore(endpoint, timeout_seconds=_TIMEOUT_SECONDS)
    place = address or graph_store(endpoint, store.engine)
    if place is None:
        raise StoreError("graph-store-unknown", where=endpoint)
    before = set(store.graphs)
    total = len(contents)
    with _GraphStore(place, login or Login()) as server:
        for done, (graph, lines) in enumerate(contents.items()):
            server.progress = {"done": done, "total": total}
            tell(done, total)
            server.send("PUT", graph, b"".join(lines))
            held = store.count(graph)
            if held != len(lines):
                raise StoreError("load-incomplete", where=graph, sent=len(lines), found=held)
        others = tuple(sorted(name for name in before - contents.keys() if name.startswith(BASE)))
        for graph in others if prune else ():
            server.send("DELETE", graph)
    tell(total, total)
    return Sent(place, total, sum(map(len, contents.values())), others, prune)


class _GraphStore:
    """The graph store of a server, written to as somebody."""

    def __init__(self, address: str, login: Login) -> None:
        self.address = address
        self.progress: dict[str, int] = {}
        # A redirect is not followed: it could lead a password elsewhere.
        self._client = httpx2.Client(timeout=_TIMEOUT_SECONDS, auth=_Authorisation(login))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def send(self, method: str, graph: str, content: bytes | None = None) -> None:
        """Do `method` with a graph, given as N-Triples.

        Raises:
            StoreError: It is not done.
        """
        headers = {"Content-Type": "application/n-triples"} if content is not None else {}
        try:
            answer = self._client.request(
                method, self.address, params={"graph": graph}, content=content, headers=headers
            )
        except httpx2.HTTPError as error:
            said = str(error) or type(error).__name__
            raise StoreError("load-failed", where=graph, server=self.address, reason=said, **self.progress) from error
        if answer.is_success:
            return
        said = reason_of(answer.content)
        if answer.status_code in _REFUSALS:
            raise StoreError("load-refused", where=self.address, status=answer.status_code, reason=said)
        if answer.status_code in _NO_GRAPH_STORE:
            raise StoreError("graph-store-absent", where=self.address, status=answer.status_code)
        said = f"{answer.status_code}, {said}"
        raise StoreError("load-failed", where=graph, server=self.address, reason=said, **self.progress)


class _Authorisation(httpx2.Auth):
    """Says who writes in the way the server asks for: a token at once, a password by Digest or Basic."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._way: httpx2.Auth | None = None

    def auth_flow(self, request: httpx2.Request) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Send a request, and again with what the server wants to know."""
        if self._login.token:
            request.headers["Authorization"] = f"Bearer {self._login.token}"
        if self._way is None:
            answer = yield request
            if answer.status_code != _UNAUTHORISED or not self._login.user:
                return
            asked = answer.headers.get("WWW-Authenticate", "").lower()
            # A password is not told by Basic to whoever can be asked by Digest.
            kind = httpx2.DigestAuth if "digest" in asked else httpx2.BasicAuth
            self._way = kind(self._login.user, self._login.password)
        yield from self._way.auth_flow(request)
