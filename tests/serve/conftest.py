"""Services that the tests of this folder share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.serve.client import TOKEN, running, small_home

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
    options = (
        "--timeout 0.5 --max-rows 20 --max-memory 100000000 --max-body 100000 --workers 2 --queue 2 --patience 0.5"
    )
    with running(*options.split()) as client:
        yield client


@pytest.fixture(scope="session")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A small graph, to be written to by a client with the token."""
    folder = small_home(tmp_path_factory.mktemp("writable"))
    (folder / "tokens").write_text(f"another-token\n{TOKEN}\n", "utf-8")
    with running("--token-file", str(folder / "tokens"), "--state", str(folder / "state"), home=folder) as client:
        client.headers["Authorization"] = f"Bearer {TOKEN}"
        yield client
