"""The commands of ``docs/api.md`` do what the page says, on a desk with the small ledger."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from standfast.ledger import Ledger
from standfast.web.access import digest
from standfast.workflow import coding as work
from standfast.workflow.sentences import read_whole
from tests.web.conftest import Desk

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
DESK = "http://testserver"


def commands() -> list[list[str]]:
    """The words of every curl command, with the desk's address and a key in their places."""
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    told = (line.replace("$DESK", DESK).replace("$KEY", "k") for line in lines)
    return [shlex.split(line) for line in told if line.startswith("curl")]


def test_every_command_is_answered(desk: Desk, ledger: Ledger) -> None:
    ledger.add_account("bot", "coder", "!")
    ledger.add_token("bot", "test", digest("k"))
    read_whole(ledger, "vilnius-2023", who="bot", seen=0)
    for one in ledger.machine_acts("vilnius-2023"):
        work.decide(ledger, work.item(ledger, one.key), "accept", who="bot", seen=0)
    client = desk("public")
    del client.headers["origin"]
    found = commands()
    assert len(found) > 14
    for words in found:
        headers = dict(
            words[at + 1].split(": ", 1) for at, word in enumerate(words) if word == "-H"
        )
        if "-d" in words:
            assert "/checks" in words[-1]
            continue  # test_api sends one, and waits for what comes
        if "If-None-Match" in headers:
            headers["If-None-Match"] = client.get(words[-1]).headers["etag"]
            assert client.get(words[-1], headers=headers).status_code == 304
            continue
        answer = client.get(words[-1], headers=headers)
        if "food-securitie" in words[-1]:
            assert answer.status_code == 400
            assert "food-security" in answer.json()["remedy"]
            continue
        assert answer.status_code == 200, (words[-1], answer.text)
        told = answer.json()
        assert told.get("items", told), words[-1]
