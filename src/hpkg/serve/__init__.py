"""The service: SPARQL, linked data and REST over HTTP."""

import starlette  # noqa: F401 - the door
import uvicorn  # noqa: F401
