"""Every text a person sees, in Vietnamese and English, by key.

The catalogues are `locale/vi.toml` and `locale/en.toml` beside this module, with the same keys. Not for: labels of the
graph, which stand in the ontology, its vocabularies and the graph itself.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

__all__ = ["LANGUAGES", "Language", "catalogue", "text"]

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Return all texts of `language` by dotted key (`error.source-empty`)."""
    tables = tomllib.loads((files("hpkg") / "locale" / f"{language}.toml").read_text("utf-8"))
    return {f"{group}.{key}": said for group, entries in tables.items() for key, said in entries.items()}


def text(key: str, language: Language, /, **values: object) -> str:
    """Return the text of `key` with its placeholders filled.

    Raises:
        KeyError: No such key, or a placeholder without a value: a defect of the program, not of its use.

    >>> text("error.source-empty", "vi")
    'tệp rỗng.'
    """
    return catalogue(language)[key].format(**values)
