"""Where things stand is found, and what is missing is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hpkg import home
from hpkg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

WEB = Path(__file__).parent.parent / "web"


def test_an_asset_that_was_not_built_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says how to build what is missing; what is there is given byte for byte."""
    monkeypatch.setattr(home, "_PACKAGE", tmp_path)
    with pytest.raises(StoreError) as raised:
        home.asset("network.js")
    assert raised.value.code == "assets-missing"
    assert "tools/web.py" in raised.value.hint("vi")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "network.js").write_bytes(b"\x00")
    assert home.asset("network.js") == b"\x00"


def test_the_npm_lock_has_hashes_and_no_address() -> None:
    """The lock names versions and hashes; where packages come from is the user's own setting."""
    lock = json.loads((WEB / "package-lock.json").read_text("utf-8"))
    packages = {name: said for name, said in lock["packages"].items() if name}
    assert {
        f"node_modules/{name}" for name in json.loads((WEB / "package.json").read_text())["devDependencies"]
    } <= set(packages)
    assert all(said["integrity"].startswith("sha512-") for said in packages.values())
    assert not any(_addresses(packages))


def _addresses(packages: dict[str, dict[str, object]]) -> Iterator[str]:
    return (str(said["resolved"]) for said in packages.values() if "resolved" in said)
