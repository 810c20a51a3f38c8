"""The graph for language models: questions, search, things and queries as tools of the Model Context Protocol.

Every answer says whether it is complete and which dataset it is from, and its rows carry the sentences they stand on.
The server comes with `hpkg[mcp]`. Not for: running queries of others (`hpkg.serve`), or HTTP.
"""

from __future__ import annotations

from hpkg.mcp.digest import schema_digest
from hpkg.mcp.server import QueryAnswer, RunQuery, create_server

__all__ = ["QueryAnswer", "RunQuery", "create_server", "schema_digest"]
