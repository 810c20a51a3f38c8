"""What the search of a folder's pages looks through: names of things with the pages they stand on.

The page folds what is typed as it folds the names, so that tones do not matter. Not for: ranking, which `seek.js` does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hpkg.messages import catalogue
from hpkg.pages import document
from hpkg.search.gather import things
from hpkg.search.thing import Field

if TYPE_CHECKING:
    from hpkg.messages import Language
    from hpkg.search.thing import Thing
    from hpkg.store import Store

__all__ = ["seek_index"]


def seek_index(store: Store, language: Language) -> bytes:
    """Return the index as JSON: `kinds`, their names; `things`, each with kind, path, label, and further names."""
    said = catalogue(language)
    kinds: dict[str, int] = {}
    rows = []
    for thing in things(store):
        target = document(thing.iri)
        if target is None or not thing.names:
            continue
        place = f"{target.path}#{target.fragment}" if target.fragment else target.path
        label = _label(thing, language)
        others = sorted({name.text for name in thing.names if name.field is not Field.SENTENCE} - {label})
        rows.append([kinds.setdefault(thing.kind, len(kinds)), place, label, *others])
    names = [said.get(f"kind.{kind}", kind) for kind in kinds]
    return json.dumps({"kinds": names, "things": rows}, ensure_ascii=False, separators=(",", ":")).encode()


def _label(thing: Thing, language: Language) -> str:
    for wanted in (language, "vi", ""):
        for name in thing.names:
            if name.language == wanted:
                return name.text
    return thing.names[0].text
