"""Quantities: which numbers are some, in what unit, governed by which words, and what they measure, when and where."""

from hpkg.extract.measure.reader import MeasurementReader

__all__ = ["MeasurementReader"]
