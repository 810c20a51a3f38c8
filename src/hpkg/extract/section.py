"""The roles of sections: what the words of a heading say the section is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hpkg.grammar.word import tokens

if TYPE_CHECKING:
    from hpkg.document import Document
    from hpkg.lexicon import Lexicon
    from hpkg.model import Section

__all__ = ["read_roles"]

_LOWEST_LEVEL = 2
"""Below this level a section that stands in one with a role keeps that role, whatever words its heading holds."""


def read_roles(document: Document, lexicon: Lexicon) -> dict[str, str | None]:
    """Return the role of each section by its path, None where no heading above says one.

    A heading that names several roles, as that of a whole part does, gives none.
    """
    roles: dict[str, str | None] = {}
    for section in document.sections:
        above = roles.get(section.parent) if section.parent else None
        own = _own_role(section, lexicon) if above is None or section.level <= _LOWEST_LEVEL else None
        roles[section.section or ""] = own or above
    return roles


def _own_role(section: Section, lexicon: Lexicon) -> str | None:
    """Return the one role that the heading names; of several inside one another the longest."""
    named = {match.concept.key for match in lexicon.find(tokens(section.title), "section-role")}
    return named.pop() if len(named) == 1 else None
