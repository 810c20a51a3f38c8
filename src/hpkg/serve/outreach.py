"""The only way out of the service: a query sent to another endpoint whose host an allow-list names.

A host is looked up once, every address it has must be a public one, and the connection goes to an address that was
checked, so that a name cannot mean another machine a moment later. No redirect is followed. Not for: which part of a
query is sent (`hpkg.serve.federation`).
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from hpkg.serve.problem import WebError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = ["Outreach", "is_public"]

_PORTS: Final = {"http": 80, "https": 443}
_PART: Final = 1 << 16
_FIELDS: Final = {
    "Accept": "application/sparql-results+json",
    "Content-Type": "application/x-www-form-urlencoded",
    "Connection": "close",
    "User-Agent": "hpkg",
}
# Addresses that carry one of the older kind in them, which may be a private one.
_CARRIERS: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public internet.

    >>> [is_public(a) for a in ("8.8.8.8", "127.0.0.1", "::1", "10.1.2.3", "169.254.169.254", "::ffff:10.0.0.1", "?")]
    [True, False, False, False, False, False, False]
    """
    try:
        told = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(told, ipaddress.IPv6Address):
        if told.ipv4_mapped:
            told = told.ipv4_mapped
        elif any(told in network for network in _CARRIERS):
            return False
    return told.is_global and not told.is_multicast


def _addresses(host: str, port: int) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Outreach:
    """Sends queries to the hosts of an allow-list.

    Args:
        hosts: Names of hosts, in lower case, with a port where it is not the usual one.
        most_bytes: The longest answer that is taken.
        resolve: Gives the addresses of a host and a port.
        is_allowed: Tells whether an address may be asked.
    """

    def __init__(
        self,
        hosts: Collection[str],
        most_bytes: int,
        resolve: Callable[[str, int], Sequence[str]] = _addresses,
        is_allowed: Callable[[str], bool] = is_public,
    ) -> None:
        """Ask nobody yet."""
        self.hosts = frozenset(hosts)
        self._most = most_bytes
        self._resolve = resolve
        self._is_allowed = is_allowed

    def fetch(self, endpoint: str, query: str, seconds: float) -> bytes:
        """Return the JSON that `endpoint` answers `query` with, within so many seconds.

        Raises:
            WebError: It may not be asked (`service-host`), or gave no answer that can be used (`service-answer`).
        """
        until = time.monotonic() + seconds
        host, port, path, is_safe = self._checked(endpoint)
        try:
            addresses = self._resolve(host, port)
        except OSError as error:
            raise _failed(host, str(error)) from error
        if not addresses or not all(map(self._is_allowed, addresses)):
            raise WebError("service-host", host=host)
        connection = _Pinned(host, port, addresses[0], until, is_safe=is_safe)
        try:
            connection.request("POST", path, urlencode({"query": query}), _FIELDS)
            with connection.getresponse() as answer:
                if answer.status != 200:  # noqa: PLR2004 — OK; a redirect is no answer
                    raise _failed(host, f"HTTP {answer.status}")
                return self._body(answer, host, until)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _failed(host, str(error) or type(error).__name__) from error
        finally:
            connection.close()

    def _checked(self, endpoint: str) -> tuple[str, int, str, bool]:
        """Return host, port and path of an endpoint that the list names, and whether it is asked by TLS."""
        try:
            parts = urlsplit(endpoint)
            port = parts.port or _PORTS[parts.scheme]
        except (ValueError, KeyError) as error:
            raise WebError("service-host", host=endpoint) from error
        host = (parts.hostname or "").lower()
        usual = port == _PORTS[parts.scheme]
        is_named = f"{host}:{port}" in self.hosts or (usual and host in self.hosts)
        if not is_named or "@" in parts.netloc or not endpoint.isascii():
            raise WebError("service-host", host=host or endpoint)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return host, port, path, parts.scheme == "https"

    def _body(self, answer: http.client.HTTPResponse, host: str, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := answer.read1(_PART):
            parts.append(part)
            size += len(part)
            if size > self._most or time.monotonic() > until:
                raise _failed(host, f"> {self._most} B" if size > self._most else "timeout")
        return b"".join(parts)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, which ends at its deadline, however slowly the other side speaks."""

    def __init__(self, host: str, port: int, address: str, until: float, *, is_safe: bool) -> None:
        super().__init__(host, port, timeout=max(0.1, until - time.monotonic()))
        self._address = address
        self._is_safe = is_safe
        self._alarm = threading.Timer(max(0.1, until - time.monotonic()), self._end)
        self._alarm.daemon = True

    def connect(self) -> None:
        """Connect to the address, and to no other that the name may have by now."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        self._alarm.start()
        if self._is_safe:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def close(self) -> None:
        """End the connection."""
        self._alarm.cancel()
        super().close()

    def _end(self) -> None:
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _failed(host: str, reason: str) -> WebError:
    return WebError("service-answer", host=host, reason=reason)
