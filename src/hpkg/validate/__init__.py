"""Validation: is a graph fit to be published? What is found is data, never an exception.

`check` runs everything; `CheckReport` says it to a person, to a program and in SHACL's terms.
"""

from __future__ import annotations

from hpkg.validate.check import check
from hpkg.validate.finding import Finding
from hpkg.validate.report import CheckReport, Run

__all__ = ["CheckReport", "Finding", "Run", "check"]
