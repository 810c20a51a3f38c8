"""The source of a report: its text, extracted where its file is no plain text, and the metadata beside it."""

from hpkg.source.metadata import REQUIRED, Metadata, make_metadata, metadata_toml, read_metadata
from hpkg.source.source import Source, kept_suffix, list_sources, load_source, make_source, metadata_path
from hpkg.source.text import FORMATS, SUFFIXES, Form, Text, read_text

__all__ = [
    "FORMATS",
    "REQUIRED",
    "SUFFIXES",
    "Form",
    "Metadata",
    "Source",
    "Text",
    "kept_suffix",
    "list_sources",
    "load_source",
    "make_metadata",
    "make_source",
    "metadata_path",
    "metadata_toml",
    "read_metadata",
    "read_text",
]
