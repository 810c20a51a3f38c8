"""The roles of sections: what the words of a heading say the section is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hpkg.document import squeeze
from hpkg.grammar.word import tokens

if TYPE_CHECKING:
    from hpkg.document import Document
    from hpkg.grammar.word import Token
    from hpkg.lexicon import Lexicon, Match
    from hpkg.model import Section

__all__ = ["OPENING", "is_run_in", "read_roles"]

_LOWEST_LEVEL = 2
"""Below this level a section that stands in one with a role keeps that role, whatever words its heading holds."""
_TASKS: Final = "tasks"
_PLURAL: Final = 2
_LONGEST: Final = 12
"""How many words a heading with a full stop has at most."""
OPENING: Final = 3
"""How many words (`về một số`) may stand before the name of a role with which a sentence opens."""


def is_run_in(section: Section) -> bool:
    """Tell whether the mark of a section stands before a sentence, and its title is what this sentence opens with."""
    return section.title not in squeeze(section.text)


def read_roles(document: Document, lexicon: Lexicon) -> dict[str, str | None]:
    """Return the role of each section by its path, None where no heading above says one.

    A heading that names several roles, as that of a whole part does, gives none.
    """
    roles: dict[str, str | None] = {}
    for section in document.sections:
        above = roles.get(section.parent) if section.parent else None
        own = _own_role(section, lexicon, above) if above is None or section.level <= _LOWEST_LEVEL else None
        roles[section.section or ""] = own or above
    return roles


def _own_role(section: Section, lexicon: Lexicon, above: str | None) -> str | None:
    """Return the one role that the heading names; of several inside one another the longest.

    What `kết quả thực hiện` leads to is what was carried out: such a heading is for results, not for tasks. Where a
    sentence is run in after the mark, only words with which it opens say what the section is for. A verb of action that
    opens such a sentence, or a heading under tasks, says that it is an item (`Rà soát các chỉ tiêu …`, `Khắc phục hạn
    chế`). A content word (`mục tiêu`) counts only where no other word, here or above, names a role.
    """
    named: set[str] = set()
    weak: set[str] = set()
    before: Match | None = None
    words = tokens(section.title)
    run_in = bool(words) and (is_run_in(section) or _is_sentence(section.title))
    found = lexicon.find(words, "section-role")
    acts = (run_in or above == _TASKS) and bool(lexicon.find_at(words, "cue/task-verb", 0))
    if acts and not any(match.first == 0 for match in found):
        return None
    for match in found:
        if run_in and match.first > OPENING:
            break
        if match.role == "content":
            weak.add(match.concept.key)
            continue
        governed = before is not None and before.concept.key == "results" and _leads(words, before, match)
        if not governed:
            named.add(match.concept.key)
            before = match
    told = named or (weak if above is None else set())
    return told.pop() if len(told) == 1 else None


def _is_sentence(title: str) -> bool:
    """Tell whether a heading is a whole sentence: the last item of a list, with plain words below it."""
    return title.endswith(".") and len(title.split()) > _LONGEST


def _leads(words: list[Token], before: Match, match: Match) -> bool:
    """Tell whether at most a word for a plural (`các`, `những`, `một số`) parts two names of roles, and no sign."""
    between = words[before.last : match.first]
    return len(between) <= _PLURAL and all(word.kind == "letters" and word.form != "và" for word in between)
