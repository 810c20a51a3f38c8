"""What there is for crawlers: sitemaps with both languages of each page, and the rules for robots.

Not for: which pages there are, which the caller tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hpkg.messages import Language

__all__ = ["robots", "sitemap"]

_MOST: Final = 20_000
"""Pages a file; the protocol allows 50,000 addresses, and each page has its languages."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(pages: Sequence[Mapping[Language, str]], address: str, modified: str) -> dict[str, bytes]:
    """Return the sitemap of pages, given as full addresses by language: `sitemap.xml`, and its parts when it has any.

    `address` is where the files will stand, `modified` the day of the last change in ISO 8601.
    """
    parts = [pages[start : start + _MOST] for start in range(0, len(pages), _MOST)] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _part(parts[0], modified)}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    entries = "".join(
        f"<sitemap><loc>{escape(address + name)}</loc><lastmod>{modified}</lastmod></sitemap>\n" for name in names
    )
    index = f'{_HEAD}<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n'
    return {"sitemap.xml": index.encode()} | {
        name: _part(part, modified) for name, part in zip(names, parts, strict=True)
    }


def robots(address: str) -> bytes:
    """Return the rules for robots: read all pages, leave the query endpoint alone."""
    return f"User-agent: *\nDisallow: /sparql\nDisallow: /search\n\nSitemap: {address}sitemap.xml\n".encode()


def _part(pages: Sequence[Mapping[Language, str]], modified: str) -> bytes:
    entries = []
    for page in pages:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(other)}/>'
            for language, other in page.items()
        )
        entries += [
            f"<url><loc>{escape(one)}</loc><lastmod>{modified}</lastmod>{alternates}</url>\n" for one in page.values()
        ]
    space = f'xmlns="{_SPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {space}>\n{''.join(entries)}</urlset>\n".encode()
