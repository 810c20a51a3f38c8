"""The whole service as files: a static site that any web host serves with no process behind it.

The IRIs and pages are those of the live service: one set of templates (`hpkg.pages`), with the addresses of a folder.
Not for: answering requests (`hpkg.serve`).
"""

from __future__ import annotations

from hpkg.publish.check import Fault, check_site
from hpkg.publish.folder import Folder, Tally
from hpkg.publish.release import release
from hpkg.publish.site import publish

__all__ = ["Fault", "Folder", "Tally", "check_site", "publish", "release"]
