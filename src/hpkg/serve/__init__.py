"""The service: the graph on the web, where one bad query stops nobody.

    app.create_app ─ routes of sparql, health, …           the process that speaks HTTP; it runs no foreign query
    pool.Pool ─ zygote.zygote ─ worker.work                processes that run foreign queries, and can be killed

Not for: what pages show (`hpkg.pages`).
"""

from __future__ import annotations

from hpkg.serve.app import create_app
from hpkg.serve.server import serve
from hpkg.serve.settings import Settings, load_settings

__all__ = ["Settings", "create_app", "load_settings", "serve"]
