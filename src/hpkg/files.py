"""Files that are seen whole or not at all: written aside, then put in place.

Not for: what stands in them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["keep_file", "replace_file"]

_OLD_KEPT = 4
_MODE = 0o644
"""The mode of a published file, not that of a temporary one."""


def replace_file(path: Path, content: bytes) -> bool:
    """Write `content` to `path` and tell whether the file changed; its folder must be there.

    Raises:
        OSError: The machine refuses; then the file is as before.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(_MODE)
        aside.replace(path)
    except BaseException:
        aside.unlink()
        raise
    return True


def keep_file(path: Path, content: bytes, alike: str) -> None:
    """Lay `content` at `path` in a folder of what can be made again; of the files `alike` (a pattern) few are kept.

    A folder that cannot be written is no error: what is kept there is a convenience.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)
        for old in sorted(path.parent.glob(alike), key=_age, reverse=True)[_OLD_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        pass


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another run has just cleared it away
        return 0.0
