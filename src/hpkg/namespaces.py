"""The IRIs of hpkg: the base, the namespaces, and how a name becomes a slug.

The patterns are those of `docs/data-model.md`. Not for: reading or writing graphs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from rdflib import Namespace, URIRef

__all__ = ["BASE", "HP", "LICENCE", "PREFIXES", "fold", "mint", "natural", "short", "slug"]

BASE: Final = "https://w3id.org/hpkg/"
HP: Final = Namespace(f"{BASE}def#")
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""What the graph and everything made from it may be used under."""

PREFIXES: Final[dict[str, str]] = {
    "hp": str(HP),
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefixes bound in every file that hpkg writes and in every query it runs."""

# Letters that look like a Vietnamese letter, met in scanned and converted documents.
_LOOKALIKES: Final = str.maketrans({"ƣ": "ư", "Ƣ": "Ư", "Ð": "Đ", "đ": "d", "Đ": "D", "\u00a0": " "})


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return `name` in lower case without tone and vowel marks, for matching only.

    >>> fold("Đổng Quốc Bình")
    'dong quoc binh'
    >>> fold("THUẾ – ƣu đãi")
    'thue – uu dai'
    """
    repaired = unicodedata.normalize("NFC", name).translate(_LOOKALIKES).translate(_LOOKALIKES)
    bare = "".join(c for c in unicodedata.normalize("NFD", repaired) if not unicodedata.combining(c))
    return bare.lower()


def slug(name: str) -> str:
    """Return the ASCII key of `name`, as used in IRIs.

    >>> slug("Cầu Rào 1")
    'cau-rao-1'
    >>> slug("86-CTr/TU")
    '86-ctr-tu'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def mint(kind: str, *keys: str) -> URIRef:
    """Return the IRI of the thing or statement of `kind` under `keys`.

    >>> mint("task", "31-hai-phong/2020-402-bc-ubnd", "v.4.9")
    rdflib.term.URIRef('https://w3id.org/hpkg/id/task/31-hai-phong/2020-402-bc-ubnd/v.4.9')
    """
    return URIRef(BASE + "/".join(("id", kind, *keys)))


def short(iri: str) -> str:
    """Return `iri` under its prefix, or without the base.

    >>> short("https://w3id.org/hpkg/def#Task")
    'hp:Task'
    >>> short("https://w3id.org/hpkg/id/pillar/port-logistics")
    'id/pillar/port-logistics'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri.removeprefix(BASE)


def natural(iri: str) -> str:
    """Return a key that sorts the numbers in `iri` by size.

    >>> sorted(["v.5.14", "v.5.2"], key=natural)
    ['v.5.2', 'v.5.14']
    """
    return re.sub(r"\d+", lambda digits: digits[0].zfill(6), iri)
