"""Sources: the text as it lies on disk, its metadata, and a clear error for everything that is no report."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from hpkg.cli import run
from hpkg.errors import EXIT_CODES, CallerError, SourceError
from hpkg.home import Home, home
from hpkg.messages import LANGUAGES
from hpkg.pipeline import read
from hpkg.source import list_sources, load_source, read_text

if TYPE_CHECKING:
    from pathlib import Path

_METADATA = """\
title = "Báo cáo thử"
number = "1/BC-UBND"
date = 2020-12-18
issuer = "31-hai-phong/ubnd"
area = "31-hai-phong"
year = 2020
licence = "CC0"
"""
_VIETNAMESE = "Kinh tế thành phố tiếp tục tăng trưởng, đời sống nhân dân được nâng cao.\n"
_ENGLISH = """\
I. RESULTS

1. The economy of the city went on growing at a high rate. Prices were stable. Many jobs were created.

2. Roads and bridges were built in all districts. Schools were opened. The harbour was dredged.
"""
_NUMBERS = "\n".join(f"{n}. {n * 17}" for n in range(1, 60))


def _packed(name: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(name, "<w:document/>")
    return held.getvalue()


_BAD = {
    "empty": (b"", "source-empty"),
    "blank": (b" \n\n\t", "source-empty"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "source-broken"),
    "docx": (_packed("word/document.xml"), "source-broken"),
    "zip": (_packed("a/b.txt"), "source-is-archive"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "source-is-office"),
    "utf-16 cut off": (_VIETNAMESE.encode("utf-16")[:-1], "source-not-utf8"),
    "tcvn3": (
        "Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc".encode("cp1252"),
        "source-old-encoding",
    ),
    "tcvn3 in utf-8": (
        ("Kinh tÕ tiÕp tôc t¨ng tr­ëng, ®êi sèng nh©n d©n ®­îc n©ng cao. " * 5).encode(),
        "source-old-encoding",
    ),
    "vni in utf-8": (
        ("Kinh teá tieáp tuïc taêng tröôûng, ñôøi soáng nhaân daân ñöôïc naâng cao. " * 5).encode(),
        "source-old-encoding",
    ),
    "latin-1": ("Cà phê, hội thảo".replace("ộ", "ô").replace("ả", "à").encode("latin-1"), "source-not-utf8"),
    "cp1258": (b"Ha\xd2i Pho\xccng, \xf0\xf5\xcci s\xf4\xecng nh\xe2n d\xe2n", "source-not-utf8"),
    "nul": ("Kinh tế\x00 thành phố".encode(), "source-binary"),
    "english": (_ENGLISH.encode(), "source-not-report"),
    "numbers": (_NUMBERS.encode(), "source-not-report"),
    "one sentence": (_VIETNAMESE.encode(), "source-not-report"),
    "html": (b"<html><body><p>404 Not Found</p></body></html>", "source-not-report"),
}


def _write(folder: Path, data: bytes, metadata: str | None = _METADATA) -> Path:
    path = folder / "bao-cao.txt"
    path.write_bytes(data)
    if metadata is not None:
        path.with_suffix(".toml").write_text(metadata, "utf-8")
    return path


@pytest.fixture(scope="module")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home of its own with vocabularies and reference data, and no report."""
    place = Home(tmp_path_factory.mktemp("home"))
    shutil.copytree(home().ontology, place.ontology)
    shutil.copytree(home().graph / "reference", place.graph / "reference")
    return place


def test_the_text_is_kept_as_it_lies_on_disk(tmp_path: Path) -> None:
    """Line ends, marks and a byte order mark are characters of the text, since offsets count them."""
    data = "\ufeffMột\r\nhai\u00a0ba\rbốn\n".encode()
    read = read_text(_write(tmp_path, data))
    assert read.text.encode() == data
    assert read.sha256 == hashlib.sha256(data).hexdigest()
    assert read.original is None


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_in_two_bytes_a_letter_is_read(coding: str, tmp_path: Path) -> None:
    """UTF-16 is read with its byte order mark or without; the text is stored in UTF-8 and its origin kept."""
    data = (_VIETNAMESE * 5).encode(coding)
    read = read_text(_write(tmp_path, data))
    assert read.text == _VIETNAMESE * 5
    assert read.data.decode("utf-8") == read.text
    assert read.original == data


def test_metadata_stand_beside_the_text(tmp_path: Path) -> None:
    """The `.toml` file of the same name says what the text is; the key is made of area, year and number."""
    source = load_source(_write(tmp_path, _VIETNAMESE.encode(), _METADATA + "plan_year = 2021\n"))
    assert source.key == "31-hai-phong/2020-1-bc-ubnd"
    assert source.area == "31-hai-phong"
    assert source.metadata.date == dt.date(2020, 12, 18)
    assert source.metadata.plan_year == 2021
    assert source.metadata.url == ""


def test_the_sources_of_a_home_are_listed_in_order(tmp_path: Path) -> None:
    """All texts below `graph/sources/<area>` are listed by path, nothing else."""
    for name in ("02-b/x.txt", "01-a/z.txt", "01-a/y.txt", "01-a/y.toml", "stray.txt"):
        path = tmp_path / "graph" / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    listed = [path.relative_to(tmp_path / "graph" / "sources").as_posix() for path in list_sources(Home(tmp_path))]
    assert listed == ["01-a/y.txt", "01-a/z.txt", "02-b/x.txt"]


@pytest.mark.parametrize("name", _BAD)
def test_what_is_no_report_gets_a_clear_error(
    name: str, bare_home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command names file, fault and remedy in one line each and exits with 3; it never shows a traceback."""
    data, code = _BAD[name]
    path = _write(tmp_path, data)
    for command in ("build", "facts"):
        assert run(["--home", str(bare_home.root), command, str(path)]) == EXIT_CODES[SourceError]
        out, err = capsys.readouterr()
        assert out == ""
        assert "Traceback" not in err
        assert "bao-cao" in err or "31-hai-phong/2020-1-bc-ubnd" in err
        assert not (bare_home.graph / "sources").exists()
    with pytest.raises(SourceError) as raised:
        read(path, bare_home)
    assert raised.value.code == code
    assert raised.value.where
    for language in LANGUAGES:
        assert raised.value.message(language)
        assert raised.value.hint(language)


def test_the_error_names_the_byte_that_is_no_utf8(tmp_path: Path) -> None:
    """A wrong encoding is reported with byte and offset, so that a person finds the place."""
    with pytest.raises(SourceError) as raised:
        read_text(_write(tmp_path, "Hải ".encode() + b"\xff"))
    assert raised.value.details == {"offset": 6, "byte": "0xff"}


def test_a_missing_file_is_the_callers_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is no file and no key is told with the keys there are; a folder is unreadable."""
    assert run(["build", "khong-co.txt"]) == EXIT_CODES[CallerError]
    assert "31-hai-phong/2020-402-bc-ubnd" in capsys.readouterr().err
    with pytest.raises(CallerError, match="cannot be read"):
        read_text(tmp_path)


@pytest.mark.parametrize(
    ("metadata", "code", "said"),
    [
        ("title = ", "metadata-broken", "bao-cao.toml"),
        (_METADATA.replace('title = "Báo cáo thử"\n', ""), "metadata-field", "title"),
        (_METADATA.replace("year = 2020", 'year = "2020"'), "metadata-field", "year"),
        (_METADATA.replace("2020-12-18", '"18/12/2020"'), "metadata-field", "date"),
        (_METADATA.replace('"31-hai-phong"', '"Hải Phòng"'), "metadata-field", "area"),
        (_METADATA.replace('"31-hai-phong"', '"../31"'), "metadata-field", "area"),
        (_METADATA + "yaer = 2020\n", "metadata-unknown", "yaer"),
    ],
)
def test_metadata_that_are_missing_or_wrong_are_named(
    metadata: str, code: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error names the metadata file and the field; the command exits with 3."""
    path = _write(tmp_path, _VIETNAMESE.encode(), metadata)
    with pytest.raises(SourceError) as raised:
        load_source(path)
    assert raised.value.code == code
    assert said in raised.value.message()
    assert run(["facts", str(path)]) == EXIT_CODES[SourceError]
    assert said in capsys.readouterr().err


def test_errors_speak_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same fault is told in Vietnamese when asked for."""
    path = _write(tmp_path, b"%PDF-1.7")
    said = []
    for language in LANGUAGES:
        run(["facts", str(path), "--lang", language])
        said.append(capsys.readouterr().err)
    assert said[0] != said[1]
    assert json.dumps(said[0]).count("\\u") > 3
