"""The errors of hpkg: one root, and below it who must act.

    HpkgError
    ├── SourceError     the report or its metadata must be mended
    ├── OntologyError   the ontology, a vocabulary, a shape or a question module must be mended
    ├── CallerError     the call must be mended
    ├── StoreError      the store or the machine must be seen to
    └── DefectError     hpkg itself must be mended

Each error has a stable `code`. Its text and hint in Vietnamese and English stand under that code in the message
catalogues; `where` says the place (a file, `file:line`, a parameter, a passage). Not for: data that does not conform,
which is a result of `hpkg.validate` and no exception.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from hpkg.messages import Language, text

__all__ = ["EXIT_CODES", "CallerError", "DefectError", "HpkgError", "OntologyError", "SourceError", "StoreError"]


class HpkgError(Exception):
    """Root of all errors that hpkg raises on purpose.

    Args:
        code: Stable key, such as `source-empty`; `error.<code>` and `hint.<code>` are its texts.
        where: The place that is wrong, as a person would name it.
        details: Values for the placeholders of the texts.

    >>> SourceError("source-empty", where="a.txt").message("en")
    'a.txt: the file is empty.'
    """

    def __init__(self, code: str, *, where: str = "", **details: object) -> None:
        """Keep what the texts need."""
        super().__init__(code, where, details)
        self.code = code
        self.where = where
        self.details = details

    def message(self, language: Language = "en") -> str:
        """Return what is wrong, with its place, in one line of `language`."""
        said = text(f"error.{self.code}", language, **self.details)
        return f"{self.where}: {said}" if self.where else said

    def hint(self, language: Language = "en") -> str:
        """Return what to do about it, in one line of `language`."""
        return text(f"hint.{self.code}", language, **self.details)

    def __str__(self) -> str:
        """Return message and hint in English, for logs and tracebacks."""
        return f"{self.message()} {self.hint()}"


class SourceError(HpkgError):
    """The report or the metadata beside it cannot be read as given."""


class OntologyError(HpkgError):
    """The ontology, a vocabulary, a shape or a question module is wrong."""


class CallerError(HpkgError):
    """A name, a parameter or a query that the caller gave is wrong."""


class StoreError(HpkgError):
    """The store cannot be opened, or did not answer."""


class DefectError(HpkgError):
    """Something happened that nobody foresaw: a fault of hpkg, found while it worked on one thing of many."""

    @classmethod
    def of(cls, fault: Exception, where: str) -> DefectError:
        """Return the error that tells of `fault`, met at `where`: its kind, what it says, and the line it came from."""
        frames = traceback.extract_tb(fault.__traceback__)
        line = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
        error = cls("unforeseen", where=where, kind=type(fault).__name__, said=str(fault), line=line)
        error.__cause__ = fault
        return error


EXIT_CODES: dict[type[HpkgError], int] = {
    CallerError: 2,
    SourceError: 3,
    OntologyError: 4,
    StoreError: 5,
    DefectError: 6,
}
"""Exit code of the command line for each second-level error; 0 is success and 1 is "does not conform"."""
