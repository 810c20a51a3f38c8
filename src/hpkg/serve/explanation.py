"""What an error means, at the address that its answer gives as its type (RFC 9457, section 3.1.1): `/error/CODE`.

Not for: telling an error when it happens (`hpkg.serve.problem`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from starlette.routing import Route

from hpkg.messages import catalogue
from hpkg.serve.negotiation import chosen_language
from hpkg.serve.problem import WebError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from hpkg.serve.service import Service

__all__ = ["routes"]


def routes(_service: Service) -> Sequence[BaseRoute]:
    """Return the route of explanations."""
    return [Route("/error/{code:str}", _explain)]


async def _explain(request: Request) -> Response:
    """Return text and hint of an error, its placeholders in braces."""
    code = request.path_params["code"]
    language = chosen_language(request.headers.get("accept-language", ""))
    texts = catalogue(language)
    if f"error.{code}" not in texts:
        raise WebError("not-found", where=request.url.path)
    told = {"code": code, "title": texts[f"error.{code}"], "detail": texts[f"hint.{code}"]}
    return JSONResponse(told, headers={"Content-Language": language, "Vary": "Accept-Language"})
