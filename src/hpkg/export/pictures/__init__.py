"""Pictures a person would show: drawn with matplotlib, in the reader's language, the same bytes each time.

Not for: drawings of any network, which `hpkg.export.dot` makes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from hpkg.errors import CallerError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hpkg.export.pictures.canvas import Picture, PictureForm
    from hpkg.messages import Language
    from hpkg.store import Store

__all__ = ["PICTURES", "picture"]

PICTURES: Final = {
    "pillars": "hpkg.export.pictures.layers",
    "flows": "hpkg.export.pictures.sankey",
    "timeline": "hpkg.export.pictures.timeline",
    "indicators": "hpkg.export.pictures.bullets",
    "map": "hpkg.export.pictures.district_map",
}
"""The pictures by name, and the module that draws each."""


def picture(
    store: Store, name: str, form: PictureForm = "svg", language: Language = "vi", reports: Sequence[str] = ()
) -> Picture:
    """Return one of `PICTURES` of what `reports` say, or of all reports.

    Raises:
        CallerError: There is no such picture or report, or matplotlib is not installed.
    """
    if name not in PICTURES:
        raise CallerError("picture-unknown", where=name, known=", ".join(PICTURES))
    try:
        canvas = import_module("hpkg.export.pictures.canvas")
    except ModuleNotFoundError as error:
        raise CallerError("pictures-missing", where="matplotlib") from error
    told = import_module("hpkg.export.pictures.source").told(store, reports, language)
    slide, alt = canvas.drawn(import_module(PICTURES[name]).draw, told)
    made: Picture = canvas.rendered(slide, name, alt, form)
    return made
