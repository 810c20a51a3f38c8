"""What several test modules stand on: a small home whose graph was read by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from hpkg.home import Home
from hpkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterator

# Machines are shared and noisy: no property has a time limit.
settings.register_profile("hpkg", deadline=None)
settings.load_profile("hpkg")

SAMPLE = Path(__file__).parent / "data" / "sample"
DEAR = "test_store_servers.py"
"""The module whose fixtures take longest to make."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the dear module first: work is stolen from the end, so one process has all of it."""
    items.sort(key=lambda item: item.path.name != DEAR)


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes what a person has kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HPKG_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def sample_home() -> Home:
    """The home with the hand-read part of report 402, the real ontology and the real questions."""
    return Home(SAMPLE)


@pytest.fixture(scope="session")
def sample_store(sample_home: Home) -> EmbeddedStore:
    """The sample, loaded once."""
    return EmbeddedStore.open(sample_home)
