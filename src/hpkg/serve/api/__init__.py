"""REST: one operation a question, and search, facts and things beside them, below `/api`.

What an operation takes and gives follows from the header of its question; `/api/openapi.json` says it to programs,
`/api` to people. Not for: an answer in a format (`hpkg.questions.formats`).
"""

from __future__ import annotations

from hpkg.serve.api.routes import routes

__all__ = ["routes"]
