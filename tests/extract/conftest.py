"""What the tests of the reader share: report 402, read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hpkg.home import home
from hpkg.lexicon import Lexicon, load_lexicon
from hpkg.pipeline import find_source, read

if TYPE_CHECKING:
    from hpkg.extract.facts import Reading


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """Return the words of the reader."""
    return load_lexicon(home())


@pytest.fixture(scope="session")
def report() -> Reading:
    """Return all that is read of report 402."""
    return read(find_source("31-hai-phong/2020-402-bc-ubnd", home()), home())
