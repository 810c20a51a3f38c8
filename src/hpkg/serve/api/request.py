"""What a request to the interface says: language, format, page, and the parameters of its operation.

Not for: what the parameters mean.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError
from hpkg.messages import LANGUAGES, Language
from hpkg.questions.formats import FORMATS
from hpkg.serve.negotiation import choose, chosen_language
from hpkg.serve.problem import WebError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from starlette.requests import Request

__all__ = ["LARGEST_PAGE", "RESERVED", "USUAL_PAGE", "Given", "named_as_given", "read_given"]

USUAL_PAGE: Final = 100
LARGEST_PAGE: Final = 1000
RESERVED: Final = ("lang", "format", "limit", "next", "_extra", "excel")
"""Parameters that every operation takes; no question has one of these names."""
_EXTRAS: Final = ("evidence",)


@dataclass(frozen=True, slots=True)
class Given:
    """A request, read.

    Attributes:
        language: Language of labels and notes.
        form: Name of the format of the answer.
        limit: The most rows of a page.
        next: The token of a page, as the page before gave it; empty for the first.
        evidence: The evidence of each row is wanted.
        excel: CSV and TSV are to open right in Excel.
        parameters: The parameters of the operation.
    """

    language: Language
    form: str
    limit: int
    next: str
    evidence: bool
    excel: bool
    parameters: dict[str, str]


def read_given(request: Request, known: Collection[str], forms: Collection[str] = ("json",)) -> Given:
    """Return what `request` says to an operation that takes the parameters `known` and answers in `forms`.

    Raises:
        CallerError: A parameter is not known, stands there twice, or has a value that means nothing.
        WebError: There is no format that the client takes.
    """
    said: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known and name not in RESERVED:
            raise CallerError(
                "parameter-unknown", where=name, question=request.url.path, known=", ".join((*known, *RESERVED))
            )
        if name in said:
            raise CallerError("parameter-twice", name=name)
        if value:
            said[name] = value
    extra = said.pop("_extra", "")
    if extra and extra not in _EXTRAS:
        raise CallerError("parameter-choice", where="_extra", value=extra, known=", ".join(_EXTRAS))
    return Given(
        language=_language(said.pop("lang", ""), request),
        form=_form(said.pop("format", ""), request.headers.get("accept", ""), forms),
        limit=_number("limit", said.pop("limit", str(USUAL_PAGE))),
        next=said.pop("next", ""),
        evidence=bool(extra),
        excel=_truth("excel", said.pop("excel", "false")),
        parameters=said,
    )


@contextlib.contextmanager
def named_as_given() -> Iterator[None]:
    """Have an error name a parameter as a request does, `pillar`, and not as the command line, `--pillar`."""
    try:
        yield
    except CallerError as error:
        if "option" in error.details:
            error.details["option"] = _plain(str(error.details["option"]))
        else:
            error.where = _plain(error.where)
        raise


def _plain(option: str) -> str:
    return option.removeprefix("--").replace("-", "_")


def _language(told: str, request: Request) -> Language:
    if not told:
        return chosen_language(request.headers.get("accept-language", ""))
    for language in LANGUAGES:
        if told == language:
            return language
    raise CallerError("parameter-choice", where="lang", value=told, known=", ".join(LANGUAGES))


def _form(told: str, accept: str, forms: Collection[str]) -> str:
    if told:
        if told not in forms:
            raise CallerError("parameter-choice", where="format", value=told, known=", ".join(forms))
        return told
    # HTML is a fragment for other pages: a browser that asks for a page gets JSON, as programs do.
    media = {FORMATS[form].media_type.partition(";")[0]: form for form in reversed(list(forms)) if form != "html"}
    chosen = choose(accept, list(reversed(media)))
    if chosen is None:
        raise WebError("format-not-acceptable", form=accept, known=", ".join(reversed(media)))
    return media[chosen]


def _number(name: str, told: str) -> int:
    number = int(told) if told.isascii() and told.isdecimal() and len(told) <= len(str(LARGEST_PAGE)) else 0
    if not 1 <= number <= LARGEST_PAGE:
        raise CallerError("parameter-choice", where=name, value=told, known=f"1–{LARGEST_PAGE}")
    return number


def _truth(name: str, told: str) -> bool:
    if told not in {"true", "false"}:
        raise CallerError("parameter-choice", where=name, value=told, known="true, false")
    return told == "true"
