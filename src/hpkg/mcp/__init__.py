"""The questions as tools of a language model, over the Model Context Protocol."""

import mcp  # noqa: F401 - the door
