"""What can be set about the service: limits, addresses, and who may write.

A setting comes from a flag, else from the environment (`HPKG_SERVE_TIMEOUT`), else from a file (TOML, `timeout = 5`),
else it has its default. Not for: what the settings do.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hpkg.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ENVIRONMENT", "Settings", "load_settings"]

ENVIRONMENT: Final = "HPKG_SERVE_"
"""What the name of a setting begins with in the environment."""

_MEBI: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of the service; times are seconds, sizes MiB where nothing else is said."""

    host: str = "127.0.0.1"
    port: int = 8020
    base: str = ""
    """The address under which others see the service; empty: that of the request."""
    endpoint: str = ""
    """The SPARQL endpoint whose graph is served; empty: the graph of the home."""
    freshness: float = 60.0
    """How long what such an endpoint answered counts as current, if it tells no version of its content."""
    allow_service: str = ""
    """The hosts that SERVICE may ask, parted by commas, with a port where it is not the usual one; empty: none."""
    workers: int = 4
    """How many long queries run at once, beside short ones."""
    timeout: float = 10.0
    """The most a query takes, from its arrival to the last byte."""
    quantum: float = 0.02
    """How much of a processor a query may take in the fast lane."""
    patience: float = 20.0
    """How long a client may take to send its request, head and body each."""
    max_rows: int = 100_000
    """The most rows or triples of an answer; a longer one is cut, and says so."""
    max_bytes: int = 20 * _MEBI
    """The most bytes of an answer, likewise."""
    max_memory: int = 512 * _MEBI
    """The most bytes a worker takes above the graph that all share."""
    max_body: int = 1 * _MEBI
    """The most bytes of a query."""
    max_write: int = 64 * _MEBI
    """The most bytes of an update or of a graph that is written."""
    queue: int = 128
    """How many queries may wait in each lane; one more is turned away."""
    cache: int = 64 * _MEBI
    """How many bytes of answers are kept; 0: none."""
    token_file: Path | None = None
    """A file with one token a line: whoever has one may write. Without it nobody may."""
    state: Path | None = None
    """The folder that keeps what was written."""

    def service_hosts(self) -> frozenset[str]:
        """Return the hosts that SERVICE may ask.

        >>> sorted(Settings(allow_service="Query.Example, data.example:8080").service_hosts())
        ['data.example:8080', 'query.example']
        """
        return frozenset(host.strip().lower() for host in self.allow_service.split(",") if host.strip())

    def tokens(self) -> frozenset[str]:
        """Return the tokens that allow writing; none when writing is off.

        Raises:
            CallerError: The file of tokens cannot be read, holds none, or there is no folder to keep what is written;
                or the graph is that of an endpoint, where it is written to.
        """
        if self.endpoint and (self.token_file or self.state):
            raise CallerError("serve-endpoint-reads", where=self.endpoint)
        if self.token_file is None:
            return frozenset()
        try:
            lines = self.token_file.read_text("utf-8").split()
        except (OSError, UnicodeDecodeError) as error:
            raise CallerError("serve-tokens-unreadable", where=str(self.token_file), reason=str(error)) from error
        if not lines:
            raise CallerError("serve-tokens-none", where=str(self.token_file))
        if self.state is None:
            raise CallerError("serve-state-missing")
        return frozenset(lines)


def load_settings(flags: Mapping[str, object], environment: Mapping[str, str], file: Path | None = None) -> Settings:
    """Return the settings told by `flags` (None: not told), `environment` and `file`, the first that tells counting.

    Raises:
        CallerError: The file cannot be read, or a value is none for its setting.

    >>> load_settings({"port": 80, "timeout": None}, {"HPKG_SERVE_TIMEOUT": "5", "HPKG_SERVE_PORT": "81"}).timeout
    5.0
    """
    told: dict[str, Any] = _from_file(file) if file else {}
    told |= {
        field.name: environment[name]
        for field in fields(Settings)
        if (name := ENVIRONMENT + field.name.upper()) in environment
    }
    told |= {name: value for name, value in flags.items() if value is not None}
    return Settings(**{name: _typed(name, value) for name, value in told.items()})


def _from_file(path: Path) -> dict[str, object]:
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CallerError("serve-settings-unreadable", where=str(path), reason=str(error)) from error
    known = [field.name for field in fields(Settings)]
    for name in told:
        if name not in known:
            raise CallerError("serve-setting-unknown", where=str(path), name=name, known=", ".join(known))
    return told


_KINDS: Final[dict[str, Callable[..., Any]]] = {"str": str, "int": int, "float": float, "Path | None": Path}


def _typed(name: str, value: object) -> Any:  # noqa: ANN401 — the type is that of the setting
    kind = next(str(field.type) for field in fields(Settings) if field.name == name)
    try:
        made = _KINDS[kind](value)
    except (TypeError, ValueError) as error:
        raise CallerError("serve-setting-wrong", where=name, value=value) from error
    if isinstance(made, int | float) and (made < 0 or (made == 0 and name not in {"port", "cache"})):
        raise CallerError("serve-setting-wrong", where=name, value=value)
    return made
