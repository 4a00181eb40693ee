"""Columns of acts: taken over from an earlier look they are the same as read anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import Any

import numpy as np

from standfast.ledger import ActColumns, Coded, Ledger, Many
from standfast.workflow import coding as work
from tests.ledger.ledger_makers import act, document, put


def told(value: Any) -> Any:
    """A column as plain values, so that two can be compared whole."""
    if isinstance(value, Coded):
        return value.names, value.codes.tolist()
    if isinstance(value, Many):
        return value.names, value.rows.tolist(), value.codes.tolist()
    return value.tolist() if isinstance(value, np.ndarray) else value


def same(one: ActColumns, other: ActColumns) -> None:
    for field in fields(ActColumns):
        assert told(getattr(one, field.name)) == told(getattr(other, field.name)), field.name


def renewed(ledger: Ledger, before: ActColumns) -> ActColumns:
    """The columns taken over, which have to be those read anew, and others than before."""
    found = ledger.act_columns(before)
    same(found, ledger.act_columns())
    assert found is not before
    return found


def test_columns_say_of_each_act_what_the_ledger_says(ledger: Ledger) -> None:
    columns = ledger.act_columns()
    acts = ledger.acts()
    assert list(columns.keys) == [one.key for one in acts]
    for at, one in enumerate(acts):
        assert columns.act.names[columns.act.codes[at]] == one.act.act
        assert columns.days[at] == (one.date.toordinal() if one.date else 0)
        targets = columns.target.codes[columns.target.rows == at]
        assert sorted(columns.target.names[code] for code in targets) == sorted(one.act.targets)


def test_what_does_not_move_acts_leaves_the_very_same_columns(ledger: Ledger) -> None:
    before = ledger.act_columns()
    ledger.decide(who="ann", why="", subject="line", key="x", field="name", value="y")
    ledger.write_lines(ledger.commitments())
    assert ledger.act_columns(before) is before


def test_a_document_added_read_anew_and_taken_back(ledger: Ledger) -> None:
    before = ledger.act_columns()
    early = document("early", "We will help Ukraine to rebuild.", date=dt.date(2001, 1, 1))
    put(ledger, early, [act(early, early.text, obligors=("ISL",), themes=("reconstruction",))])
    added = renewed(ledger, before)
    assert added.keys[0] == ledger.acts()[0].key
    assert len(added) == len(before) + 1

    known = next(one for one in ledger.acts() if one.act.doc == "vilnius-2023")
    text = ledger.document("vilnius-2023")
    with ledger.batch("again", "rules-2") as batch:
        batch.add(text, [replace(known.act, extractor="rules-2")], again=True)
    read_anew = renewed(ledger, added)
    assert len(read_anew) == len(added) - 4
    ledger.take_back(ledger.batches()[0].id)
    renewed(ledger, read_anew)


def test_a_place_of_the_table_taken_again_by_another_document(ledger: Ledger) -> None:
    first = document("first", "We will help Ukraine to rebuild.")
    put(ledger, first, [act(first, first.text, obligors=("ISL",))])
    before = ledger.act_columns()
    ledger.take_back(ledger.batches()[0].id)
    second = document("first", "We shall help Moldova to rebuild.")
    put(ledger, second, [act(second, second.text, obligors=("NOR",), targets=("MDA",))])
    after = renewed(ledger, before)
    assert "NOR" in after.obligor.names
    assert "ISL" not in after.obligor.names


def test_what_people_decide_is_in_the_columns_and_goes_with_its_undoing(ledger: Ledger) -> None:
    before = ledger.act_columns()
    item = work.item(ledger, next(k for k in before.keys))
    made = work.decide(ledger, item, "reject", who="ann", seen=0)
    rejected = renewed(ledger, before)
    assert item.key not in rejected.keys
    work.undo(ledger, made.coding.id, who="ann")
    assert renewed(ledger, rejected).keys == before.keys
