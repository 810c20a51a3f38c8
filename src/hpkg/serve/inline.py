"""Queries that are known to be short, run where they arrive: in the front's own copy of the graph.

Known is what workers have run before, each time in about a millisecond: the very same query, which costs the same
on the same dataset; and a plain lookup of the same shape with other constants, if the sizes of the graph bound what it
can take (`hpkg.store.shape`). Everything else goes to a worker. A query that takes longer here than it should is never
run here again while the dataset is what it is. Not for: an endpoint that is elsewhere.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from hpkg.store.answering import write_whole
from hpkg.store.embedded import EmbeddedStore, Plan, planned
from hpkg.store.lookup import TooLongError
from hpkg.store.shape import Shape, Sizes, most_steps, quickest, shaped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hpkg.serve.settings import Settings
    from hpkg.store import Store

__all__ = ["Inline"]

_SHORT_SECONDS: Final = 0.001
_SHORT_SECONDS_ALONE: Final = 0.003
"""A query that takes less costs more on its way to a worker than there; on one processor nothing is done meanwhile."""

_LATE_SECONDS: Final = 0.02
"""A query that takes this long here, three times in a row or ten times as long once, was no short one."""

_OFTEN: Final = 3
"""So often a query must have been short."""

_MOST_STEPS: Final = 20_000
"""Triples that are looked at in a few milliseconds."""

_MOST_BYTES: Final = 1 << 15
_LONGEST: Final = 4096
"""The most characters of a query: one that is longer is parsed, and may overflow a stack, elsewhere."""

_DEEPEST: Final = 8
_REMEMBERED: Final = 2048
_VARIANTS: Final = 64
# What is never run here, however short it was: paths, texts made or searched, and what may be another each time.
_NEVER: Final = re.compile(
    r"(?i)[*+/^|]|\b(?:regex|replace|concat|group_concat|service|from|rand|now|uuid|struuid|bnode|construct|describe)\b"
)


@dataclass(slots=True)
class _Known:
    """What is known of a shape: its plan, whether its constants are bounded, how often it or a variant was short."""

    plan: Plan
    is_bounded: bool
    short: int = 0
    variants: dict[tuple[str, ...], int] = field(default_factory=dict)
    late: int = 0
    is_watched: bool = False


class Inline:
    """The short queries of a service.

    Attributes:
        runs: How many were run here.
        late: How many took longer than they should.
    """

    def __init__(self, settings: Settings, store: Store, count: Callable[[], Awaitable[Sizes | None]]) -> None:
        """Know none yet of the graph in `store`; `count` gives its sizes, or None if it could not."""
        self._settings = settings
        self._store = store
        self._count_sizes = count
        self._short = _SHORT_SECONDS if _processors() > 1 else _SHORT_SECONDS_ALONE
        self._sizes: Sizes | None = None
        self._counting: asyncio.Task[None] | None = None
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self.runs = 0
        self.late = 0

    def renew(self, store: Store) -> None:
        """Forget everything: the graph is now that in `store`."""
        self._store = store
        self._known.clear()
        self._sizes = None

    def run(self, query: str, form: str) -> bytes | None:
        """Return the answer to `query` in the format `form`, or None if it is to be found elsewhere."""
        if self._sizes is None or not self._known:
            return None
        shape = shaped(query, self._sizes.words) if len(query) <= _LONGEST else None
        known = self._known.get(shape.key) if shape else None
        if shape is None or known is None or not _is_short(known, shape):
            return None
        self._known.move_to_end(shape.key)
        assert isinstance(self._store, EmbeddedStore)
        most_bytes = min(self._settings.max_bytes, _MOST_BYTES)
        clock = time.thread_time if known.is_watched else time.perf_counter
        begin = clock()
        limits = {"max_rows": self._settings.max_rows, "max_bytes": most_bytes}
        try:
            body = write_whole(self._store, shape, known.plan, form, **limits)
        except TooLongError:
            known.plan = replace(known.plan, walk=None)
            body = write_whole(self._store, shape, known.plan, form, **limits)
        spent = clock() - begin
        self.runs += 1
        if spent < _LATE_SECONDS and body is not None:
            known.late = 0
            known.is_watched = False
        elif not known.is_watched and body is not None:
            # On the clock, which costs less than asking for processor time; but a busy machine is late now and then.
            known.is_watched = True
        else:
            known.late += _OFTEN if body is None or spent > _LATE_SECONDS * 10 else 1
            self.late += 1
        return body

    def note(self, query: str, seconds: float | None, length: int) -> None:
        """Note that a worker took so many seconds of a processor for a whole answer of `length` bytes."""
        if seconds is None or len(query) > _LONGEST or not isinstance(self._store, EmbeddedStore):
            return
        if self._sizes is None:
            self._count()
            return
        shape = shaped(query, self._sizes.words)
        if shape is None:
            return
        is_short = seconds < self._short and length <= _MOST_BYTES
        known = self._known.get(shape.key)
        if known is None:
            if not is_short or _NEVER.search(_without_constants(shape)) or _depth(shape.key) > _DEEPEST:
                return
            steps = most_steps(shape.text, self._sizes)
            known = self._known[shape.key] = _Known(
                planned(shape.key, partial(quickest, known=self._sizes)), steps is not None and steps <= _MOST_STEPS
            )
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        if not is_short:
            known.short = 0
            known.variants.pop(shape.constants, None)
            return
        known.short += 1
        if len(known.variants) < _VARIANTS or shape.constants in known.variants:
            known.variants[shape.constants] = known.variants.get(shape.constants, 0) + 1

    def _count(self) -> None:
        """Have the graph counted, once for each dataset."""
        if self._counting is None or self._counting.done():
            self._counting = asyncio.create_task(self._counted(self._store))

    async def _counted(self, store: Store) -> None:
        found = await self._count_sizes()
        if store is self._store:
            self._sizes = found


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_short(known: _Known, shape: Shape) -> bool:
    if known.late >= _OFTEN:
        return False
    return (known.short if known.is_bounded else known.variants.get(shape.constants, 0)) >= _OFTEN


def _without_constants(shape: Shape) -> str:
    return re.sub(r"<[^>]*>", "", shape.key)


def _depth(text: str) -> int:
    """Return how deep brackets are nested in each other."""
    depth = deepest = 0
    for sign in text:
        depth += (sign in "{([") - (sign in "})]")
        deepest = max(deepest, depth)
    return deepest
