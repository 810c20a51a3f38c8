"""A network in the DOT language, and its drawings by Graphviz."""

import graphviz  # noqa: F401 - the door
