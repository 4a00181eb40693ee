"""Feeds of saved searches at a desk that asks for log-ins: a secret address, ended at will."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from standfast.ledger import Ledger
from standfast.web.access import digest
from tests.web.conftest import Desk

ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = [
    "/search?act=commitment&by=DEU",
    "/commitments?to=UKR&as_of=2022-12-31",
    "/documents?q=grain",
]


def saved(client: TestClient, address: str, name: str = "mine") -> int:
    """The number of a new search."""
    assert client.post("/saved", data={"name": name, "address": address}).status_code == 200
    numbers = re.findall(r"/saved/(\d+)/delete", client.get("/saved").text)
    return max(int(one) for one in numbers)


def fed(client: TestClient, id_: int) -> str:
    """The path of its feed, from the page that shows it."""
    page = client.post(f"/saved/{id_}/feed")
    assert page.headers["cache-control"] == "no-store"
    found = re.search(r"http://testserver(/feeds/saved/[\w-]{43}\.atom)", page.text)
    assert found
    return found[1]


@pytest.mark.parametrize("address", LISTS)
def test_a_reader_of_feeds_needs_nothing_but_the_address(desk: Desk, address: str) -> None:
    ada, anybody = desk("team", "reader", name="ada"), desk("team")
    feed = fed(ada, saved(ada, address))
    answer = anybody.get(feed)
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.content)
    path, _, query = address.partition("?")
    plain = ElementTree.fromstring(ada.get(f"/feeds{path}.atom?{query}").content)
    ids = [one.findtext(f"{ATOM}id") for one in root.iter(f"{ATOM}entry")]
    assert ids == [one.findtext(f"{ATOM}id") for one in plain.iter(f"{ATOM}entry")]
    assert ids
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {"self": f"http://testserver{feed}", "alternate": f"http://testserver{address}"}
    assert anybody.get(f"/feeds{path}.atom?{query}", follow_redirects=False).status_code == 303


def test_the_secret_is_shown_once_kept_as_a_hash_and_opens_nothing_else(
    desk: Desk, ledger: Ledger
) -> None:
    ada, anybody = desk("team", "reader", name="ada"), desk("team")
    feed = fed(ada, saved(ada, LISTS[0]))
    secret = feed.removeprefix("/feeds/saved/").removesuffix(".atom")
    assert secret not in ada.get("/saved").text
    found = ledger.search_of_feed(digest(secret))
    assert found is not None
    assert found.who == "ada"
    assert ledger.search_of_feed(secret) is None
    key = {"authorization": f"Bearer {secret}"}
    assert anybody.get("/api/v1/acts", headers=key).status_code == 401
    assert anybody.get("/search", follow_redirects=False).status_code == 303


def test_it_ends_with_a_new_one_by_hand_with_the_search_and_with_the_account(
    desk: Desk, ledger: Ledger
) -> None:
    ada, anybody = desk("team", "reader", name="ada"), desk("team")
    desk("team", "admin", name="root")
    id_ = saved(ada, LISTS[0])
    first, second = fed(ada, id_), fed(ada, id_)
    assert [anybody.get(one).status_code for one in (first, second)] == [404, 200]
    ada.post(f"/saved/{id_}/feed/end")
    assert anybody.get(second).status_code == 404
    third = fed(ada, id_)
    ledger.change_account("ada", closed=True)
    assert anybody.get(third).status_code == 404
    ledger.change_account("ada", closed=False)
    assert anybody.get(third).status_code == 200
    ledger.delete_search("ada", id_)
    assert anybody.get(third).status_code == 404


def test_nobody_makes_or_ends_anothers(desk: Desk) -> None:
    ada, bob = desk("team", "reader", name="ada"), desk("team", "reader", name="bob")
    id_ = saved(ada, LISTS[0])
    feed = fed(ada, id_)
    assert bob.post(f"/saved/{id_}/feed").status_code == 404
    assert bob.post(f"/saved/{id_}/feed/end").status_code == 404
    assert desk("team").get(feed).status_code == 200


def test_guessing_has_to_wait_and_so_does_nobody_elsewhere(desk: Desk, ledger: Ledger) -> None:
    ada = desk("team", "reader", name="ada")
    feed = fed(ada, saved(ada, LISTS[0]))
    guesser = TestClient(ada.app, client=("192.0.2.7", 1))
    codes = [guesser.get(f"/feeds/saved/{at}.atom").status_code for at in range(7)]
    assert codes == [404] * 5 + [429] * 2
    refused = guesser.get(feed)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) > 0
    assert TestClient(ada.app, client=("192.0.2.8", 1)).get(feed).status_code == 200
    assert guesser.post("/login", data={"name": "ada", "password": "?"},
                        headers={"origin": "http://testserver"}).status_code == 403  # fmt: skip


def test_a_search_that_the_desk_no_longer_understands_is_told(desk: Desk, ledger: Ledger) -> None:
    ada = desk("team", "reader", name="ada")
    feed = fed(ada, saved(ada, "/search?since=never&sort=odd&nothing=1"))
    assert desk("team").get(feed).status_code == 400
