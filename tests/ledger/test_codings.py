"""Codings in the ledger: kept, put in force, taken back, heeded by later readings."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from standfast.ledger import ActQuery, Ledger, NewerError, StoredAct
from standfast.model import LedgerError
from standfast.model.coding import fold, fold_all
from standfast.workflow import coding as work
from standfast.workflow.viewing import View
from tests.ledger.ledger_makers import act, acts_of, document, put, rows, run_sql
from tests.web.desk_makers import ASKED, BATTERIES, summit

DOC = "vilnius-2023"


def key_of(ledger: Ledger, quote: str) -> str:
    return next(one.key for one in of_summit(ledger) if one.act.quote == quote)


def of_summit(ledger: Ledger) -> list[StoredAct]:
    return ledger.acts(ActQuery(document=DOC))


def decide(ledger: Ledger, key: str, verdict: Any, who: str = "ann", **more: Any) -> Any:
    on = work.item(ledger, key)
    return work.decide(ledger, on, verdict, who=who, **{"seen": on.seen_by(who), **more})


def mended(ledger: Ledger, key: str, **changes: Any) -> list[dict[str, Any]]:
    return [work.item(ledger, key).record | changes]


def now(ledger: Ledger, key: str) -> dict[str, Any]:
    return ledger.act(key).act.record()


def test_who_codes_alone_decides_and_says_so(ledger: Ledger) -> None:
    key, state = key_of(ledger, ASKED), ledger.state()
    outcome = decide(ledger, key, "mend", value=mended(ledger, key, targets=["UKR", "DEU"]))
    held = now(ledger, key)
    assert outcome.touched == {key}
    assert held["targets"] == ["UKR", "DEU"]
    assert held["confidence"] == 1.0
    reason = held["reasons"][0]
    assert reason["component"] == "coding"
    assert reason["detail"].startswith("ann on 20")
    assert ledger.state() == state + 1


def test_a_skip_changes_nothing_that_readers_see(ledger: Ledger) -> None:
    key, digest, state = key_of(ledger, ASKED), ledger.digest(), ledger.state()
    assert decide(ledger, key, "skip").touched == frozenset()
    assert (ledger.digest(), ledger.state()) == (digest, state)


@pytest.mark.parametrize("verdict", ["accept", "reject", "mend", "split", "redraw"])
def test_what_is_taken_back_leaves_no_trace_but_in_the_history(
    ledger: Ledger, verdict: str
) -> None:
    key = key_of(ledger, BATTERIES)
    before = of_summit(ledger)
    whole = work.item(ledger, key).record
    half = "We will deliver four air-defence batteries"
    short = whole | {"quote": half, "end": whole["start"] + len(half)}
    rest = "to Ukraine by the end of 2024."
    second = whole | {"quote": rest, "start": whole["end"] - len(rest), "items": []}
    given = {"mend": [whole | {"strength": "soft"}], "redraw": [short], "split": [short, second]}
    more: dict[str, Any] = {"value": given[verdict]} if verdict in given else {}
    outcome = decide(ledger, key, verdict, **more)
    assert len(of_summit(ledger)) == len(before) + {"reject": -1, "split": 1}.get(verdict, 0)
    assert ledger.verify() == []
    if verdict != "reject":
        assert now(ledger, key)["confidence"] == 1.0
    if verdict == "split":
        new = next(one for one in of_summit(ledger) if one.act.quote == rest)
        assert ledger.item_of(new.key) == key
    work.undo(ledger, outcome.coding.id, who="ann")
    assert of_summit(ledger) == before
    assert [one.verdict for one in ledger.codings(key)] == [verdict, verdict, "undo", "undo"]
    assert fold(ledger.codings(key)).ruling is None
    with pytest.raises(LedgerError, match="taken back already"):
        work.undo(ledger, outcome.coding.id, who="ann")


def test_a_line_keeps_its_member_and_its_standing_is_computed_anew(ledger: Ledger) -> None:
    key = key_of(ledger, BATTERIES)
    (name,) = ledger.lines_of([key])[key]
    outcome = decide(ledger, key, "mend", value=mended(ledger, key, strength="soft"))
    assert ledger.lines_of([key])[key] == (name,)
    assert name in ledger.without_standing()
    view = View(ledger)
    work.restate(ledger, view, outcome.touched)
    assert ledger.without_standing() == []
    assert name in ledger.standings([name])


def test_words_that_do_not_stand_there_are_refused(ledger: Ledger) -> None:
    key, count = key_of(ledger, ASKED), len(ledger.codings())
    with pytest.raises(LedgerError, match="quote does not stand"):
        decide(ledger, key, "mend", value=mended(ledger, key, quote="We will leave."))
    assert len(ledger.codings()) == count


def test_two_who_were_asked_are_waited_for(ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    assert ledger.assign([(key, "ann"), (key, "bo"), ("no such", "bo")], by="ed") == 2
    assert ledger.assign([(key, "ann")], by="ed") == 0
    decide(ledger, key, "accept", "ann")
    assert work.item(ledger, key).stand == "waiting"
    assert now(ledger, key)["confidence"] == 0.55
    decide(ledger, key, "accept", "bo")
    assert work.item(ledger, key).stand == "settled"
    assert work.item(ledger, key).folded.ruling is not None
    assert "ann and bo" in now(ledger, key)["reasons"][0]["detail"]


def test_unequal_readings_wait_for_an_editor_whose_ruling_stays(ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    decide(ledger, key, "accept", "ann")
    decide(ledger, key, "reject", "bo")
    assert work.item(ledger, key).stand == "differing"
    assert now(ledger, key)["confidence"] == 0.55  # the agreed reading fell with the second
    assert work.differing(fold_all(ledger.codings()), {}) == [key]
    on = work.item(ledger, key)
    outcome = work.decide(
        ledger, on, "reject", who="ed", seen=on.folded.last, step="ruling", why="no addressee"
    )
    with pytest.raises(LedgerError, match="no such act"):
        ledger.act(key)
    decide(ledger, key, "accept", "bo")
    assert work.item(ledger, key).stand == "ruled"
    work.undo(ledger, outcome.coding.id, who="ed")
    assert now(ledger, key)["confidence"] == 1.0  # ann and bo agree by now


def test_a_stale_form_loses_nothing(ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    decide(ledger, key, "accept", "ann")
    with pytest.raises(NewerError) as caught:
        decide(ledger, key, "reject", "ann", seen=0)
    assert [one.verdict for one in caught.value.codings] == ["accept", "accept"]
    assert len(ledger.codings(key)) == 2
    decide(ledger, key, "reject", "ann")
    assert fold(ledger.codings(key)).readings["ann"].verdict == "reject"


def test_a_blind_coder_is_not_told_of_anothers_reading(ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    ledger.assign([(key, "ann"), (key, "bo")], by="ed")
    decide(ledger, key, "reject", "ann")
    assert decide(ledger, key, "accept", "bo", seen=0).coding.who == "bo"


def again(ledger: Ledger, acts: Any, extractor: str = "rules-2") -> str:
    return put(ledger, summit()[0], acts, extractor=extractor, again=True)


def test_a_later_reading_never_overwrites_a_decision(ledger: Ledger) -> None:
    keys = {quote: key_of(ledger, quote) for quote in (BATTERIES, ASKED)}
    decide(ledger, keys[ASKED], "mend", value=mended(ledger, keys[ASKED], obligors=["USA"]))
    rejected = decide(ledger, keys[BATTERIES], "reject")
    assert again(ledger, summit()[1]) == "re-read"
    assert now(ledger, keys[ASKED])["obligors"] == ["USA"]
    assert BATTERIES not in {one.act.quote for one in of_summit(ledger)}
    assert again(ledger, [], "rules-3") == "re-read"  # one that finds nothing at all
    assert [one.act.quote for one in of_summit(ledger)] == [ASKED]
    work.undo(ledger, rejected.coding.id, who="ann")
    assert [one.act.quote for one in of_summit(ledger)] == [ASKED]
    again(ledger, summit()[1], "rules-4")
    assert len(of_summit(ledger)) == len(summit()[1])


def test_what_a_later_extractor_finds_on_the_same_words_is_not_told_twice(ledger: Ledger) -> None:
    key = key_of(ledger, BATTERIES)
    decide(ledger, key, "accept")
    note, acts = summit()
    shifted = act(note, BATTERIES.removeprefix("We "), obligors=("NATO",), strength="soft")
    again(ledger, [shifted, *acts[1:]])
    found = [one for one in of_summit(ledger) if "batteries" in one.act.quote]
    assert [one.key for one in found] == [key]
    last = ledger.codings(key)[0]
    work.undo(ledger, last.id, who="ann")
    (left,) = [one for one in of_summit(ledger) if "batteries" in one.act.quote]
    assert left.act.strength == "soft"


def test_taking_a_reading_back_leaves_decisions_in_force(ledger: Ledger) -> None:
    key = key_of(ledger, ASKED)
    decide(ledger, key, "accept")
    before, batches = of_summit(ledger), ledger.batches()
    again(ledger, summit()[1])
    decide(ledger, key_of(ledger, BATTERIES), "reject")
    ledger.take_back(ledger.batches()[0].id)
    assert BATTERIES not in {one.act.quote for one in of_summit(ledger)}
    assert {one.key for one in of_summit(ledger)} < {one.key for one in before}
    assert next(one.acts for one in ledger.batches() if one.id == batches[0].id) >= 0


def test_another_wording_is_another_matter(ledger: Ledger) -> None:
    note, _ = summit()
    decide(ledger, key_of(ledger, ASKED), "reject")
    changed = replace(note, text="New. " + note.text, sha256="other")
    put(ledger, changed, [act(changed, ASKED, "request", obligors=("NATO",))])
    assert ASKED in {one.act.quote for one in of_summit(ledger)}


def test_nothing_happens_where_nobody_coded(tmp_path: Path) -> None:
    with Ledger(tmp_path / "plain.db") as plain:
        put(plain, document())
        put(plain, document(), acts_of(document()), extractor="rules-2", again=True)
        assert not rows(plain)["codings"]
        assert len(rows(plain)["extractions"]) == 2
        run_sql(plain, "DELETE FROM sources")


CODER = """
import sys
from standfast.ledger import Ledger
from standfast.workflow import coding as work
with Ledger(sys.argv[1]) as ledger:
    keys = [one.key for one in ledger.acts()]
    print("begun", flush=True)
    while True:
        for key in keys:
            on = work.item(ledger, key)
            verdict = "reject" if len(on.codings) % 4 else "accept"
            work.decide(ledger, on, verdict, who="ann", seen=on.folded.last)
"""


def test_a_server_killed_in_the_middle_has_kept_a_decision_or_not(ledger: Ledger) -> None:
    for wait in (0.15, 0.4):
        running = subprocess.Popen(
            [sys.executable, "-c", CODER, ledger.target], stdout=subprocess.PIPE, text=True
        )
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        time.sleep(wait)
        running.send_signal(signal.SIGKILL)
        running.communicate()
    codings = ledger.codings()
    assert codings
    assert ledger.verify() == []
    present = {one.key: one.act for one in ledger.acts()}
    for key in {one.act_key for one in codings}:
        ruling = fold(ledger.codings(key)).ruling
        assert ruling is not None  # each reading went in with what follows from it
        assert (key in present) == bool(ruling.value)
        if ruling.value:
            assert present[key].reasons[0].rule == f"agreed {ruling.id}"
