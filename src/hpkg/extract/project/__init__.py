"""The projects, works, facilities and schemes a report names, with their statuses, places, owners and money."""

from hpkg.extract.project.reader import ProjectReader

__all__ = ["ProjectReader"]
