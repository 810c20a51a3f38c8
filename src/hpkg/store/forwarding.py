"""A query sent on to an endpoint, and what it answers as bytes, taken up to a limit: for a service before it.

The end of the block, or of the task, that asks ends the connection. Not for: what may be sent (`hpkg.store.admission`),
or how long it may take.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx2

from hpkg.store.remote import (
    REDIRECTS,
    RESULTS,
    STALE,
    TRIPLES,
    TRUNCATED,
    VERSION,
    error_of,
    failure_of,
    request_of,
    without_login,
)

if TYPE_CHECKING:
    from hpkg.store.guard import Dataset, Form

__all__ = ["Forwarder", "Heard"]

_CONNECT_SECONDS: Final = 5.0
_MOST_OF_A_REFUSAL: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Heard:
    """What an endpoint answered: its body and media type, whether that is all of it, and the version it told."""

    body: bytes
    media_type: str
    is_whole: bool
    version: str


class Forwarder:
    """Sends queries to one endpoint; to be made and used in one event loop.

    Args:
        endpoint: Address of the endpoint.
        most_bytes: So many bytes of an answer are taken, and no more.
    """

    def __init__(self, endpoint: str, most_bytes: int) -> None:
        """Connect to nothing yet."""
        self._address = endpoint
        self._named = without_login(endpoint)
        self._most_bytes = most_bytes
        timeout = httpx2.Timeout(None, connect=_CONNECT_SECONDS)
        self._client = httpx2.AsyncClient(timeout=timeout, follow_redirects=True, max_redirects=REDIRECTS)

    async def close(self) -> None:
        """End every connection."""
        await self._client.aclose()

    async def ask(self, query: str, form: Form, dataset: Dataset) -> Heard:
        """Return what the endpoint answers to a query of this form over `dataset` (empty: what it has by default).

        Raises:
            CallerError: The endpoint says that the query is wrong.
            StoreError: It does not answer, or has failed.
        """
        accept = RESULTS if form in {"SELECT", "ASK"} else TRIPLES
        request = request_of(self._client, self._address, query, accept, dataset)
        try:
            try:
                answer = await self._client.send(request, stream=True)
            except STALE:
                answer = await self._client.send(request, stream=True)
            try:
                most = self._most_bytes if answer.is_success else _MOST_OF_A_REFUSAL
                body, is_whole = await _body(answer, most)
            finally:
                await answer.aclose()
        except httpx2.HTTPError as error:
            raise failure_of(error, self._named) from error
        if not answer.is_success:
            raise error_of(answer.status_code, body, self._named)
        media_type = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        is_whole = is_whole and TRUNCATED not in answer.headers
        return Heard(body, media_type, is_whole, answer.headers.get(VERSION, ""))


async def _body(answer: httpx2.Response, most: int) -> tuple[bytes, bool]:
    """Return the first bytes of a body, and whether they are all."""
    parts: list[bytes] = []
    size = 0
    async for part in answer.aiter_bytes():
        parts.append(part[: most - size])
        size += len(part)
        if size > most:
            return b"".join(parts), False
    return b"".join(parts), True
