"""Units after a number: the plural where the language has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rdflib import Literal

from hpkg.namespaces import BASE
from hpkg.questions.labels import Labels

if TYPE_CHECKING:
    from hpkg.messages import Language
    from hpkg.store.embedded import EmbeddedStore


@pytest.mark.parametrize(
    ("unit", "number", "language", "told"),
    [
        ("job", "55400", "en", "jobs"),
        ("job", "1", "en", "job"),
        ("job", "1.0", "en", "job"),
        ("job", "0.5", "en", "jobs"),
        ("job", "55400", "vi", "lượt lao động"),
        ("VND-billion", "30000", "en", "billion dong"),
    ],
)
def test_a_unit_has_its_plural_after_a_number(
    sample_store: EmbeddedStore, unit: str, number: str, language: Language, told: str
) -> None:
    """Not after one, not in a language without a plural, not where the name is the same."""
    assert Labels(sample_store, language).counted(f"{BASE}id/unit/{unit}", Literal(number)).text == told
