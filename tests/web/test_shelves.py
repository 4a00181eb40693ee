"""The present shelf and the next: who sees what while the ledger changes, and what is kept."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from standfast.ledger import Ledger
from standfast.web import shelves
from standfast.web.once import hand_on, keep_on, once, soon
from standfast.web.ready import prepare
from standfast.web.shelf import Shelf
from standfast.web.shelves import Shelves
from standfast.workflow import coding as work
from tests.ledger.ledger_makers import act, document, put
from tests.web.conftest import Desk

NOTE = "The record has changed"


class Slow:
    """Prepares shelves as the desk does, the next ones not before it is let go on."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.made = 0

    def __call__(self, before: Shelf, after: Shelf) -> None:
        if before is not after:
            assert self.go_on.wait(20)
            self.made += 1
        prepare(before, after)


@pytest.fixture
def slow() -> Iterator[Slow]:
    held = Slow()
    yield held
    held.go_on.set()


def added(ledger: Ledger, name: str = "extra") -> str:
    """A new document with one act; its words."""
    note = document(name, f"We will send {name} grain to Moldova.")
    put(ledger, note, [act(note, note.text, obligors=("ISL",), targets=("MDA",))])
    return note.text


def settled(held: Shelves, ledger: Ledger) -> Shelf:
    """The shelf of the ledger's very last state."""
    seen = held.look(60)
    assert not seen.behind
    assert seen.shelf.state == ledger.state()
    return seen.shelf


def test_who_has_just_written_sees_what_she_wrote(ledger: Ledger) -> None:
    held = Shelves(ledger, prepare)
    before = held.present()
    prepare(before, before)
    added(ledger)
    after = held.present()
    assert after is not before
    assert len(after.acts) == len(before.acts) + 1
    assert "extra" in after.documents
    assert "extra" not in before.documents


def test_readers_see_the_shelf_before_until_the_next_is_ready(
    ledger: Ledger, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "SMALL", 0)
    held = Shelves(ledger, slow)
    before = held.present()
    prepare(before, before)
    added(ledger)
    begun = time.monotonic()
    seen = held.look()
    assert (seen.shelf, seen.behind, seen.newest) == (before, True, ledger.state())
    assert held.look(0).shelf is before
    assert time.monotonic() - begun < 5
    slow.go_on.set()
    after = settled(held, ledger)
    assert len(after.acts) == len(before.acts) + 1
    held.close()


def test_many_readers_make_one_next_shelf(ledger: Ledger, slow: Slow) -> None:
    held = Shelves(ledger, slow)
    prepare(held.present(), held.present())
    added(ledger)
    found: list[Shelf] = []
    readers = [threading.Thread(target=lambda: found.append(held.look(60).shelf)) for _ in range(8)]
    for one in readers:
        one.start()
    slow.go_on.set()
    for one in readers:
        one.join()
    assert slow.made == 1
    assert len({id(one) for one in found}) == 1


def test_a_shelf_that_nobody_used_is_changed_at_once(ledger: Ledger, slow: Slow) -> None:
    held = Shelves(ledger, slow)
    held.present()
    added(ledger)
    assert not held.look(0).behind  # nothing would be gained by waiting
    assert slow.made == 0


def test_a_making_that_fails_leaves_readers_to_ask_themselves(ledger: Ledger) -> None:
    def broken(before: Shelf, after: Shelf) -> None:
        raise RuntimeError("no room")

    held = Shelves(ledger, broken)
    held.present().acts  # noqa: B018 - looked at, so that the next is made beforehand
    added(ledger)
    assert "extra" in settled(held, ledger).documents


def test_long_makings_are_followed_by_a_pause_which_the_patient_cut_short(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "SMALL", 0)
    monkeypatch.setattr(shelves, "_SHARE", 10_000)
    held = Shelves(ledger, prepare)
    prepare(held.present(), held.present())
    added(ledger)
    first = settled(held, ledger)
    added(ledger, "more")
    time.sleep(0.3)
    assert held.look(0).shelf is first  # in the pause
    assert "more" in settled(held, ledger).documents
    held.close()


def test_what_did_not_change_is_the_very_same(ledger: Ledger) -> None:
    held = Shelves(ledger, prepare)
    before = held.present()
    prepare(before, before)
    texts = before.view.every_occasion
    ledger.decide(who="ann", why="", subject="line", key="x", field="name", value="y")
    after = held.present()
    assert after is not before
    assert (after.acts, after.lines, after.documents) == (
        before.acts, before.lines, before.documents,
    )  # fmt: skip
    assert after.acts is before.acts
    assert after.view.every_occasion is texts
    added(ledger)
    assert "every_occasion" not in held.present().view.__dict__


def test_a_decision_moves_acts_and_leaves_documents(ledger: Ledger) -> None:
    held = Shelves(ledger, prepare)
    before = held.present()
    prepare(before, before)
    item = work.item(ledger, before.acts.keys[0])
    work.decide(ledger, item, "reject", who="ann", seen=0)
    after = held.present()
    assert item.key not in after.acts.keys
    assert after.acts.readings == before.acts.readings


def test_slow_values_of_the_state_before_are_shown_as_older(ledger: Ledger) -> None:
    before, after = Shelf(ledger, 1), Shelf(ledger, 2)
    assert soon(before, "slow", lambda: "old", wait=20).value == "old"
    once(before, "quick", lambda: "old")
    hand_on(before, after)
    going_on = threading.Event()

    def make() -> str:
        assert going_on.wait(20)
        return "new"

    seen = soon(after, "slow", make)
    assert (seen.value, seen.older, seen.waiting) == ("old", True, False)
    assert soon(after, "other", make, wait=0.01).waiting
    going_on.set()
    until = time.monotonic() + 20
    while (seen := soon(after, "slow", make)).older and time.monotonic() < until:
        time.sleep(0.01)
    assert (seen.value, seen.older) == ("new", False)
    assert once(after, "quick", lambda: "new") == "new"
    keep_on(before, after, "quick")
    assert once(after, "quick", lambda: "newer") == "old"


def test_pages_say_when_they_are_of_the_state_before(
    desk: Desk, ledger: Ledger, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "SMALL", 0)
    client = desk()
    app: Any = client.app
    app.state.shelves = Shelves(ledger, slow)
    first = client.get("/search")
    tag = client.get("/api/v1/acts").headers["etag"]
    words = added(ledger)
    late = client.get("/search")
    assert NOTE not in first.text
    assert NOTE in late.text
    assert words not in late.text
    assert late.headers["etag"] != first.headers["etag"]
    assert client.get("/api/v1/acts").headers["etag"] != tag
    assert client.get("/coding").status_code == 200
    assert NOTE not in client.get("/coding").text  # its order may be a little old, its facts not
    slow.go_on.set()
    settled(app.state.shelves, ledger)
    fresh = client.get("/search")
    assert NOTE not in fresh.text
    assert words in fresh.text
    again = client.get("/search", headers={"if-none-match": late.headers["etag"]})
    assert again.status_code == 200
