"""Sentences as items: what the machine missed, kept, put in force, heeded by later readings."""

from __future__ import annotations

from typing import Any

import pytest

from standfast.ledger import ActQuery, Ledger, NewerError, StoredAct
from standfast.model import LedgerError
from standfast.model.coding import fold, fold_all
from standfast.workflow import coding as work
from standfast.workflow import link
from standfast.workflow.sentences import next_for, read_whole, reading, take_whole_back
from tests.ledger.ledger_makers import act, put
from tests.web.desk_makers import ASKED, BATTERIES, HELD, SENT, summit

DOC = "vilnius-2023"
TITLE = "Vilnius Summit Communiqué"


def of_summit(ledger: Ledger) -> list[StoredAct]:
    return ledger.acts(ActQuery(document=DOC))


def sentence(ledger: Ledger, words: str = BATTERIES) -> work.CodedItem:
    return work.sentence(ledger, DOC, ledger.document(DOC).text.index(words))


def missed(on: work.CodedItem, quote: str, kind: str = "affirmation") -> dict[str, Any]:
    """An act on words of the sentence."""
    start = on.document.text.index(quote)
    given = {"start": start, "end": start + len(quote), "quote": quote, "act": kind}
    return {**on.template(), "obligors": ["NATO"], "themes": ["air-defence"], **given}


def say(
    ledger: Ledger, who: str, *acts: tuple[str, str], verdict: Any = "add", words: str = BATTERIES,
    **more: Any,
) -> Any:  # fmt: skip
    on = sentence(ledger, words)
    value = [missed(on, quote, kind) for quote, kind in acts]
    given = {"seen": on.seen_by(who), **more}
    return work.decide(ledger, on, verdict, who=who, value=value, **given)


FOUR = ("four air-defence batteries", "delivery")
UKRAINE = ("to Ukraine", "affirmation")
MORE = ("air-defence batteries to Ukraine", "warning")


def added(ledger: Ledger) -> list[tuple[str, str]]:
    return [
        (one.act.quote, one.act.act)
        for one in of_summit(ledger)
        if any(why.component == "coding" for why in one.act.reasons)
    ]


def test_an_act_that_was_missed_is_an_act_at_once(ledger: Ledger) -> None:
    before, state = of_summit(ledger), ledger.state()
    outcome = say(ledger, "ann", FOUR, why="given already")
    assert added(ledger) == [FOUR]
    (new,) = [one for one in of_summit(ledger) if one.act.quote == FOUR[0]]
    assert (new.act.confidence, new.act.obligors) == (1.0, ("NATO",))
    assert new.act.reasons[0].detail.startswith("ann on 20")
    assert new.act.reasons[0].detail.endswith("given already")
    assert ledger.state() == state + 1
    assert [one for one in of_summit(ledger) if one.key != new.key] == before
    places = [one.act.start for one in of_summit(ledger)]
    assert places == sorted(places)
    assert ledger.item_of(new.key) == outcome.coding.act_key == sentence(ledger).key
    assert work.item(ledger, new.key).key == sentence(ledger).key
    with pytest.raises(LedgerError, match="no such act"):
        ledger.machine_act(sentence(ledger).key)
    work.undo(ledger, outcome.coding.id, who="ann")
    assert of_summit(ledger) == before


def test_it_is_joined_into_lines(ledger: Ledger) -> None:
    on = sentence(ledger, HELD)
    words = "the sovereignty of Ukraine"
    more = {**missed(on, words, "commitment"), "strength": "firm", "targets": ["UKR"],
            "themes": ["training-and-capacity"], "obligors": ["DEU"]}  # fmt: skip
    work.decide(ledger, on, "add", who="ann", seen=0, value=[more])
    (new,) = [one for one in of_summit(ledger) if one.act.quote == words]
    link(ledger.target)
    assert ledger.lines_of([new.key])[new.key]


def test_what_is_read_completely_changes_nothing_that_readers_see(ledger: Ledger) -> None:
    digest, state = ledger.digest(), ledger.state()
    assert say(ledger, "ann", verdict="complete").touched == frozenset()
    assert (ledger.digest(), ledger.state()) == (digest, state)
    assert sentence(ledger).stand == "settled"


def test_several_add_to_one_sentence_as_long_as_they_do_not_overlap(ledger: Ledger) -> None:
    say(ledger, "ann", FOUR)
    say(ledger, "bo", UKRAINE, seen=0)  # a form from before ann: nothing contradicts
    assert set(added(ledger)) == {FOUR, UKRAINE}
    assert sentence(ledger).stand == "settled"
    assert sentence(ledger).base("ann") == sentence(ledger).base("bo")
    with pytest.raises(NewerError) as caught:
        say(ledger, "cy", MORE, seen=0)
    assert {one.quote for one in map(as_act, caught.value.codings[-1].value)} == {
        FOUR[0], UKRAINE[0],
    }  # fmt: skip
    assert set(added(ledger)) == {FOUR, UKRAINE}


def as_act(record: Any) -> Any:
    from standfast.model.coding import act_of

    return act_of(record)


def test_acts_that_overlap_wait_for_an_editor(ledger: Ledger) -> None:
    say(ledger, "ann", FOUR)
    say(ledger, "bo", MORE)
    on = sentence(ledger)
    assert on.stand == "differing"
    assert added(ledger) == []
    assert work.differing(fold_all(ledger.codings()), {}) == [on.key]
    taken = on.folded.readings["bo"].value
    made = work.decide(
        ledger, on, "complete", who="ed", seen=on.folded.last, value=taken, step="ruling"
    )
    assert added(ledger) == [MORE]
    say(ledger, "ann", verdict="complete")
    assert sentence(ledger).stand == "ruled"
    work.undo(ledger, made.coding.id, who="ed")
    assert added(ledger) == []
    assert sentence(ledger).stand == "differing"


def test_that_nothing_is_missing_contradicts_what_was_added(ledger: Ledger) -> None:
    say(ledger, "ann", FOUR)
    with pytest.raises(NewerError):
        say(ledger, "bo", verdict="complete", seen=0)
    say(ledger, "bo", FOUR, verdict="complete")
    assert sentence(ledger).stand == "settled"
    ruling = fold(ledger.codings(sentence(ledger).key)).ruling
    assert ruling is not None
    assert ruling.verdict == "complete"
    say(ledger, "cy", verdict="complete")
    assert sentence(ledger).stand == "differing"


def test_two_who_were_asked_read_blind(ledger: Ledger) -> None:
    key = sentence(ledger).key
    assert ledger.assign([(key, "ann"), (key, "bo")], by="ed", sentences_of=DOC) == 2
    assert work.item(ledger, key).key == key  # by its key alone, before anybody has coded it
    say(ledger, "ann", FOUR)
    assert added(ledger) == []
    on = sentence(ledger)
    assert (on.stand, on.blind_for("bo"), list(on.base("bo"))) == ("waiting", True, [])
    say(ledger, "bo", FOUR, seen=0)
    assert added(ledger) == [FOUR]


@pytest.mark.parametrize(
    "later",
    [
        pytest.param([FOUR], id="finds it itself"),
        pytest.param([("four air-defence batteries to", "delivery")], id="with one word more"),
        pytest.param([MORE], id="reads its words otherwise"),
        pytest.param([], id="finds nothing there"),
    ],
)
def test_it_outlives_later_readings(ledger: Ledger, later: list[tuple[str, str]]) -> None:
    say(ledger, "ann", FOUR)
    note, acts = summit()
    more = [act(note, words, kind, obligors=("NATO",)) for words, kind in later]
    assert put(ledger, note, [*acts, *more], extractor="rules-2", again=True) == "re-read"
    assert added(ledger) == [FOUR]
    assert len(of_summit(ledger)) == len(acts) + 1
    batch = ledger.batches()[0].id
    ledger.take_back(batch)
    assert added(ledger) == [FOUR]


def test_a_sentence_read_completely_has_no_new_acts_but_keeps_those_it_had(ledger: Ledger) -> None:
    say(ledger, "ann", verdict="complete")
    note, acts = summit()
    moved = act(note, BATTERIES.removeprefix("We "), obligors=("NATO",), strength="soft")
    new, elsewhere = act(note, FOUR[0], "delivery"), act(note, "trucks", "delivery")
    put(ledger, note, [moved, new, elsewhere, *acts[1:]], extractor="rules-2", again=True)
    quotes = {one.act.quote for one in of_summit(ledger)}
    assert moved.quote in quotes  # the machine's own act at other offsets, on which nobody decided
    assert elsewhere.quote in quotes  # in a sentence that nobody read
    assert new.quote not in quotes


def test_only_new_acts_of_a_sentence_read_completely_are_set_aside(ledger: Ledger) -> None:
    say(ledger, "ann", verdict="complete", words=TITLE)
    note, acts = summit()
    made = act(note, "Vilnius Summit", "affirmation")
    put(ledger, note, [made, *acts], extractor="rules-2", again=True)
    assert "Vilnius Summit" not in {one.act.quote for one in of_summit(ledger)}
    work.undo(ledger, ledger.codings()[0].id, who="ann")
    assert "Vilnius Summit" in {one.act.quote for one in of_summit(ledger)}


def test_a_whole_document_is_read_and_taken_back_at_once(ledger: Ledger) -> None:
    say(ledger, "ann", FOUR)
    before = of_summit(ledger)
    opened = reading(ledger, DOC)
    say(ledger, "bo", ("trucks", "delivery"), words=SENT)  # after ann's page was opened
    assert read_whole(ledger, DOC, who="ann", seen=opened.last) == frozenset()
    there = reading(ledger, DOC)
    assert sum(one.read_by("ann") for one in there.rows) == len(there.rows) - 2
    left = [one for one in there.rows if one.by("ann") is None]
    assert [one.text for one in left] == [SENT]
    decided = fold_all(ledger.codings())
    following = next_for(there.document.text, decided, "ann", 0)
    assert following == (there.rows[1].start, there.rows[1].end)  # where she only added an act
    assert next_for(there.document.text, decided, "ann", following[1]) == (
        left[0].start,
        left[0].end,
    )
    assert next_for(there.document.text, decided, "ann", 0, [left[0].key]) == (
        left[0].start, left[0].end,
    )  # fmt: skip
    (trucks,) = [one.key for one in of_summit(ledger) if one.act.quote == "trucks"]
    assert read_whole(ledger, DOC, who="ann", seen=there.last) == {trucks}
    assert ("trucks", "delivery") in added(ledger)  # what she saw there stands
    take_whole_back(ledger, DOC, who="ann")
    mine = [one.by("ann") for one in reading(ledger, DOC).rows]
    assert [one.verdict for one in mine if one] == ["add"]
    assert len(of_summit(ledger)) == len(before) + 1
    with pytest.raises(LedgerError, match="not marked it"):
        take_whole_back(ledger, DOC, who="ann")


def test_acts_and_sentences_are_not_decided_alike(ledger: Ledger) -> None:
    on = work.item(ledger, next(one.key for one in of_summit(ledger) if one.act.quote == ASKED))
    with pytest.raises(LedgerError, match="cannot be decided"):
        work.decide(ledger, on, "complete", who="ann", seen=0)
    with pytest.raises(LedgerError, match="cannot be decided"):
        say(ledger, "ann", verdict="accept")
    with pytest.raises(LedgerError, match="nothing was given"):
        say(ledger, "ann")
    with pytest.raises(LedgerError, match="no such sentence"):
        work.sentence(ledger, DOC, 10**6)
    assert ledger.codings() == []
