"""All files of a release: an RO-Crate that an archive takes as it is.

The whole graph in three syntaxes, the reports it was read from, checksums, how to cite it, what changed, how it came
about. Not for: putting them in a folder (`hpkg.publish`).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hpkg.catalog.citation import changelog, citation
from hpkg.catalog.crate import CRATE, crate
from hpkg.catalog.history import CHANGES, RELEASES
from hpkg.catalog.parts import parts
from hpkg.catalog.provenance import provenance
from hpkg.catalog.release import manifest
from hpkg.messages import LANGUAGES
from hpkg.namespaces import BASE

if TYPE_CHECKING:
    from hpkg.catalog.history import History
    from hpkg.catalog.release import Release
    from hpkg.home import Home
    from hpkg.store import Store

__all__ = ["SUMS", "bundle"]

SUMS = "SHA256SUMS"
"""The checksums of all other files, as the program `sha256sum --check` reads them."""


def bundle(home: Home, store: Store, release: Release, told: History, address: str = BASE) -> dict[str, bytes]:
    """Return the files of `release` by their path in its folder, which stands at `dumps/` below `address`.

    Args:
        home: Where the graph was built: the sources stand in it.
        store: The graph.
        release: Its dumps, with a number.
        told: The releases up to this one.
        address: Where the site stands.

    Raises:
        SourceError: The metadata of a source are broken.
        StoreError: The store does not answer.
    """
    made_of = parts(home, store)
    files = {file.path: file.content for file in made_of.sources}
    files["version.json"] = manifest(release)
    files["CITATION.cff"] = citation(release, made_of)
    files["prov.ttl"] = provenance(release, made_of, address)
    files[RELEASES] = told.to_json()
    for language in LANGUAGES:
        files[f"CHANGELOG.{language}.md"] = changelog(told, language)
    if told.changes is not None:
        files[CHANGES] = told.changes
    sums = {dump.name: dump.sha256 for dump in release.dumps}
    sums |= {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    described = crate(store, release, made_of, {**files, SUMS: b""}, sums)
    sums[CRATE] = hashlib.sha256(described).hexdigest()
    files[CRATE] = described
    files[SUMS] = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
    return {dump.name: dump.content for dump in release.dumps} | files
