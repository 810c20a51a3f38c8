"""Pages for people: resources, questions and indexes as HTML, the same for the live service and for files."""

import jinja2  # noqa: F401 - the door
