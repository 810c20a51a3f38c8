"""An answer in every format there is, from one place: the command line, the service and the pages all write it here.

The table of a terminal is the command line's own (`hpkg.cli.table`). Not for: what stands in an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from hpkg.errors import CallerError

if TYPE_CHECKING:
    from hpkg.questions.answer import Answer

__all__ = ["FORMATS", "Format", "render"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format of answers.

    Attributes:
        name: What a caller calls it.
        media_type: Its media type (https://www.iana.org/assignments/media-types/).
        suffix: The suffix of a file in it.
        place: `module:function` that writes it.
        binary: It is no text, so a terminal is no place for it.
        whole: It says itself how complete the answer is and which graph gave it.
        excel: It can be written so that Excel opens it right.
    """

    name: str
    media_type: str
    suffix: str
    place: str
    binary: bool = False
    whole: bool = False
    excel: bool = False


_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HERE: Final = "hpkg.questions.formats"
FORMATS: Final[dict[str, Format]] = {
    form.name: form
    for form in (
        Format("json", "application/json", ".json", f"{_HERE}.plain:as_json", whole=True),
        Format("sparql-json", "application/sparql-results+json", ".srj", f"{_HERE}.plain:as_sparql_json"),
        Format("csv", "text/csv; charset=utf-8", ".csv", f"{_HERE}.plain:as_csv", excel=True),
        Format("tsv", "text/tab-separated-values; charset=utf-8", ".tsv", f"{_HERE}.plain:as_tsv", excel=True),
        Format("xlsx", _XLSX, ".xlsx", f"{_HERE}.sheets:as_xlsx", binary=True, whole=True),
        Format("md", "text/markdown; charset=utf-8", ".md", f"{_HERE}.markdown:as_markdown", whole=True),
        Format("html", "text/html; charset=utf-8", ".html", f"{_HERE}.html:as_html", whole=True),
        Format("parquet", "application/vnd.apache.parquet", ".parquet", f"{_HERE}.sheets:as_parquet", binary=True),
    )
}
"""Every format by its name."""


def render(answer: Answer, form: str, *, excel: bool = False) -> bytes:
    """Return `answer` in the format `form`, as the bytes of a file in UTF-8.

    With `excel`, CSV and TSV open right in Excel: a byte order mark, and no text that Excel would run as a formula.

    Raises:
        CallerError: There is no such format, or what it needs is not installed.
    """
    if form not in FORMATS:
        raise CallerError("format-unknown", form=form, known=", ".join(FORMATS))
    module, _, function = FORMATS[form].place.partition(":")
    write = getattr(import_module(module), function)
    return cast("bytes", write(answer, excel=excel) if FORMATS[form].excel else write(answer))
