"""Pictures of the graph: networks, flows, timelines, charts and maps as SVG, PNG and PDF."""

import matplotlib as mpl  # noqa: F401 - the door
