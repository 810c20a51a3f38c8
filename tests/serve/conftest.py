"""Services that the tests of this folder share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.serve.client import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.serve.client import Client


@pytest.fixture(scope="session")
def service() -> Iterator[Client]:
    """The sample, served as it comes."""
    with running() as client:
        yield client


@pytest.fixture(scope="session")
def strict() -> Iterator[Client]:
    """The sample, served with limits that a test can reach."""
    options = "--timeout 0.5 --max-rows 20 --max-memory 100000000 --max-body 100000 --workers 2 --queue 2"
    with running(*options.split()) as client:
        yield client
