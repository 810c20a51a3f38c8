"""Draw the pictures of the gallery anew from the graph, and write the page that shows them.

python docs/gallery.py            write `docs/gallery.md` and `docs/pictures/`
python docs/gallery.py --check    only tell which files are old; exit code 1 if any is
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hpkg.export.pictures import PICTURES, picture
from hpkg.home import home
from hpkg.store import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hpkg.export.pictures.canvas import Picture
    from hpkg.messages import Language

ROOT = Path(__file__).resolve().parent.parent

_HEAD = """\
# Pictures · Hình

What `hpkg picture` draws from the graph of this checkout, in both languages; `just gallery` draws them anew. Each comes
as SVG, PNG and PDF, with letters that need no font, colours that colour-blind readers tell apart, a line that names the
source, and a description for those who do not see it. `hpkg export --view pillars --format html` makes a view a page to
explore.

Những hình mà `hpkg picture` vẽ từ đồ thị trong thư mục này, bằng cả hai thứ tiếng; `just gallery` vẽ lại. Mỗi hình có
dạng SVG, PNG và PDF, chữ không cần phông, màu mà người mù màu phân biệt được, có dòng ghi nguồn và lời mô tả cho người
không nhìn được hình. `hpkg export --view pillars --format html` biến một khung nhìn thành trang để khám phá.
"""


def files() -> dict[Path, bytes]:
    """Return what each file of the gallery must hold, by its path."""
    store = open_store(home(ROOT))
    languages: tuple[Language, ...] = ("vi", "en")
    made = {(name, language): picture(store, name, "svg", language) for language in languages for name in PICTURES}
    drawn = {ROOT / f"docs/pictures/{name}.{language}.svg": one.content for (name, language), one in made.items()}
    return {**drawn, ROOT / "docs/gallery.md": _page(made).encode()}


def _page(made: Mapping[tuple[str, Language], Picture]) -> str:
    sections = [_HEAD]
    for name in PICTURES:
        vietnamese, english = made[name, "vi"], made[name, "en"]
        sections.append(f"## {english.title} · {vietnamese.title}\n\n`hpkg picture {name}`\n")
        for language, one in (("vi", vietnamese), ("en", english)):
            alt = one.alt.replace("[", "(").replace("]", ")")
            sections.append(f"![{alt}](pictures/{name}.{language}.svg)\n")
    return "\n".join(sections)


def main(arguments: list[str]) -> int:
    """Write what is old, or only tell it."""
    old = {path: said for path, said in files().items() if not path.is_file() or path.read_bytes() != said}
    for path, said in old.items():
        sys.stderr.write(f"{path.relative_to(ROOT)}\n")
        if arguments != ["--check"]:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(said)
    return 1 if old and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
