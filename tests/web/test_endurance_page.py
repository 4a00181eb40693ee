"""Endurance on the desk: every figure of the table leads to the commitments behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from standfast.ledger import Ledger
from standfast.web import Settings, create_app
from standfast.workflow import endurance
from tests.workflow.gathering_makers import promise_ledger


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A desk on two dozen promises, firm and soft, some repeated and some not."""
    path = promise_ledger(tmp_path_factory.mktemp("endurance") / "promises.db")
    with Ledger(path) as held:
        app = create_app(Settings(path, hosts=("testserver",)), held)
        yield TestClient(app)


def figures(page: str, group: str) -> dict[str, tuple[str, str]]:
    """What is said and where it leads, by the figure, of one row of the table."""
    row = re.search(rf'<tr><th scope="row"><a [^>]*>{group}</a>.*?</tr>', page, re.S)
    assert row
    found = {}
    for href, said in re.findall(r'<a href="([^"]*)">([^<]*)</a>', row[0]):
        part = re.search(r"part=(\w+)", href)
        found[part[1] if part else "all"] = (said, unescape(href))
    return found


def listed(page: str) -> list[str]:
    """Names of the commitments under the heading of the group."""
    below = page.split('id="group"')[1]
    return re.findall(r'<th scope="row"><a href="/commitments/([^"?]+)', below)


@pytest.mark.parametrize("group", ["firm", "soft"])
def test_ended_leads_to_those_that_ended(client: TestClient, group: str) -> None:
    page = client.get("/endurance?split=strength").text
    told = figures(page, group)
    lives = [one for one in endurance(client.app.state.ledger, split="strength").lives  # type: ignore[attr-defined]
             if one.strength == group and not one.young]  # fmt: skip
    ended = {one.commitment for one in lives if one.ended}
    assert told["ended"][0] == str(len(ended)) != "0"
    assert set(listed(client.get(told["ended"][1]).text)) == ended
    assert set(listed(client.get(told["all"][1]).text)) == {one.commitment for one in lives}


def test_a_share_leads_to_those_that_stood_and_those_that_had_ended(client: TestClient) -> None:
    page = client.get("/endurance?split=strength").text
    told = figures(page, "firm")
    for years in ("1", "2"):
        said, href = told[years]
        there = client.get(href).text.split('id="group"')[1]
        numbers = re.search(
            r"(\d+) still stood after \d years?, (\d+) had ended, (\d+) were not followed", there
        )
        assert numbers
        stood, ended, _ = (int(one) for one in numbers.groups())
        column = re.findall(r"</th><td>(standing|ended|not followed)</td>", there)
        assert column.count("standing") == stood
        assert column.count("ended") == ended
        if not int(numbers[3]):
            assert said == f"{stood / (stood + ended):.0%}"


def test_a_figure_that_is_none_is_refused(client: TestClient) -> None:
    assert client.get("/endurance?part=7").status_code == 422
