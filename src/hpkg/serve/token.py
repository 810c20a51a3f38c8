"""Who may write: whoever sends a token of the file that the service was started with.

Not for: reading, which needs none.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from hpkg.serve.problem import WebError
from hpkg.serve.protocol import field

if TYPE_CHECKING:
    from starlette.types import Scope

    from hpkg.serve.service import Service

__all__ = ["require_token"]


def require_token(service: Service, scope: Scope) -> None:
    """Let a request pass that may write.

    Raises:
        WebError: Nobody may, or it has no token, or a wrong one.
    """
    if not service.tokens:
        raise WebError("writing-off")
    scheme, _, told = field(scope, b"authorization").partition(" ")
    if scheme.lower() != "bearer" or not told.strip():
        raise WebError("token-missing", headers={"WWW-Authenticate": "Bearer"})
    given = told.strip().encode()
    # Every token is compared, each in constant time: how long it takes tells nothing of them.
    if not sum(hmac.compare_digest(given, token.encode()) for token in service.tokens):
        raise WebError("token-wrong", headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
