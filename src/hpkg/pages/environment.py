"""The templates, and what every one of them can say: texts in the language of the page, terms, figures.

Not for: what any page tells.
"""

from __future__ import annotations

import json
from functools import cache, partial
from itertools import groupby
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hpkg.messages import text
from hpkg.namespaces import fold
from hpkg.questions.labels import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hpkg.messages import Language
    from hpkg.pages.links import Links
    from hpkg.questions.description import Fact, Link
    from hpkg.questions.term import Term

__all__ = ["render"]


def render(template: str, links: Links, **told: object) -> str:
    """Return the page of `template` in the language of `links`; everything told is escaped where it stands."""
    page = _environment().get_template(template)
    return page.render(links=links, language=links.language, t=partial(_text, links.language), **told)


@cache
def _environment() -> Environment:
    # Escaping is always on: labels, quotes and queries come from elsewhere.
    made = Environment(
        loader=PackageLoader("hpkg.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["ld"] = _json_in_html
    made.filters["runs"] = _runs
    made.filters["day"] = day
    made.tests["vietnamese"] = lambda said: fold(said) != said.lower()
    made.globals["subject_name"] = _subject
    return made


def _text(language: Language, key: str, /, **values: object) -> str:
    return text(f"page.{key}", language, **values)


def _subject(name: str, language: Language) -> str:
    return text(f"subject.{name}", language)


def _runs(told: Iterable[Fact | Link]) -> list[tuple[Term, list[Fact | Link]]]:
    """Return what is told, as it is ordered, by property."""
    return [
        (group[0].property, group) for _, run in groupby(told, lambda one: one.property.iri) if (group := list(run))
    ]


def _json_in_html(value: object) -> Markup:
    """Return `value` as JSON that ends no script element, whatever it holds."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)  # noqa: S704 — every sign that HTML would read is escaped above
