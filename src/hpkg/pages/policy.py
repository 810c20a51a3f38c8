"""What a page may load and run: the same behind a service and on a host of files.

Not for: sending it.
"""

from __future__ import annotations

from typing import Final

__all__ = ["POLICY"]

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of every page: nothing inline, nothing from others."""
