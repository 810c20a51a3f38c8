"""What every answer of the service has in common, whatever happens behind its door."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from hpkg.serve.door import Door
from hpkg.serve.metrics import Metrics

if TYPE_CHECKING:
    import pytest
    from starlette.types import Message, Receive, Scope, Send

    from hpkg.serve.service import Service


@dataclass
class Counted:
    """The parts of a service that a door uses."""

    version: str = "0123"
    metrics: Metrics = field(default_factory=Metrics)


async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
    """Fail as no application should."""
    raise RuntimeError("a secret of the house")


def test_a_defect_is_an_answer_that_tells_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    """The client gets a problem with the number of its request, under which the log has what happened."""
    service = Counted()
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    with caplog.at_level("ERROR"):
        asyncio.run(Door(broken, cast("Service", service))(scope, receive, send))
    start, *rest = sent
    headers = dict(start["headers"])
    body = b"".join(message.get("body", b"") for message in rest)
    assert start["status"] == 500
    assert headers[b"content-type"].startswith(b"application/problem+json")
    assert b"content-security-policy" in headers
    assert json.loads(body)["status"] == 500
    assert b"secret" not in body
    number = headers[b"x-request-id"].decode()
    assert any(number in record.message and "a secret of the house" in record.message for record in caplog.records)
    assert service.metrics.requests["GET", 500] == 1
