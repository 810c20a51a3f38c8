"""Pages of an answer: where one begins, and the token of the next.

A token holds the version of the dataset it was made from: when the graph has changed, rows may have moved, and the
client is told so instead of getting some of them twice. Not for: addresses.
"""

from __future__ import annotations

import base64
import binascii

from hpkg.errors import CallerError
from hpkg.serve.problem import WebError

__all__ = ["begin_of", "token"]

_KEPT = 16
"""Characters of the version that a token holds."""


def token(version: str, begin: int) -> str:
    """Return the token of the page that begins with row `begin` (from 0).

    >>> begin_of(token("abc", 100), "abc")
    100
    """
    return base64.urlsafe_b64encode(f"{version[:_KEPT]}.{begin}".encode()).decode().rstrip("=")


def begin_of(told: str, version: str) -> int:
    """Return the row that the page of a token begins with; 0 for none.

    Raises:
        CallerError: It is no token.
        WebError: The dataset has changed since it was given.
    """
    if not told:
        return 0
    try:
        made, _, begin = base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)).decode("ascii").partition(".")
        row = int(begin)
    except (binascii.Error, ValueError) as error:
        raise CallerError("page-token-wrong", where="next") from error
    if row < 0:
        raise CallerError("page-token-wrong", where="next")
    if made != version[:_KEPT]:
        raise WebError("page-outdated", where="next")
    return row
