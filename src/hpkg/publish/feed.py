"""What changed from release to release of a site, as an Atom feed for readers.

Not for: the releases themselves (`hpkg.catalog.history`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from hpkg.messages import text

if TYPE_CHECKING:
    from hpkg.catalog import History
    from hpkg.messages import Language

__all__ = ["feed"]


def feed(told: History, language: Language, base: str) -> bytes:
    """Return the releases as an Atom feed (RFC 4287) of the site at `base`."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{escape(base)}changes</id>",
        f"<title>{escape(text('publish.feed', language))}</title>",
        f'<link rel="self" href="{escape(base)}changes.{language}.atom"/>',
        f'<link href="{escape(base)}"/>',
        f"<updated>{told.releases[0]['modified']}</updated>",
        "<author><name>hpkg</name></author>",
    ]
    for release in told.releases:
        said = (
            text("publish.first", language)
            if release["first"]
            else text("publish.changed", language, **release["counts"])
        )
        kinds = ", ".join(f"{kind} {count}" for kind, count in release["kinds"].items())
        lines += [
            "<entry>",
            f"<id>urn:sha256:{release['version']}</id>",
            f"<title>{escape(said)}</title>",
            f"<updated>{release['modified']}</updated>",
            f'<link href="{escape(base)}changes.json"/>',
            f"<summary>{escape(f'{said} {kinds}'.strip())}</summary>",
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()
