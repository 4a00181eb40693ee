"""Forms on acts: one part an act, its fields numbered (``act-0``, ``quote-0`` …)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request

from standfast.coding import missing
from standfast.coding.entering import entered
from standfast.ledger import ActQuery, Ledger
from standfast.model.coding import DECIDED
from standfast.parties import Registry
from standfast.workflow.coding import CodedItem, Records

PARTS_AT_MOST = 8
"""More acts than one sentence is ever split into."""
_BOXES = ("reaffirms", "conditional")
_FIELDS = 400
"""Fields of a form at most."""


async def given_by(request: Request) -> dict[str, str]:
    """The fields of a form, as a dependency of a route."""
    form = await request.form(max_fields=_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


Check = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""What is wrong with an act by itself, by the form's fields."""


def check_of(ledger: Ledger, item: CodedItem) -> Check | None:
    """What acts of a sentence have to fit; nothing for an act that the machine found."""
    if item.found is not None:
        return None
    own = {f"{one.step} {one.id}" for one in item.codings}
    standing = [
        one.act.record()
        for one in ledger.acts(ActQuery(document=item.document.id))
        if not any(why.component == DECIDED and why.rule in own for why in one.act.reasons)
    ]

    def check(record: Mapping[str, Any]) -> Mapping[str, str]:
        wrong = missing.faults(record, item.start, item.end, standing)
        standing.append(dict(record))  # nor may the same act be given twice
        return wrong

    return check


def parts_of(
    item: CodedItem,
    given: Mapping[str, str],
    registry: Registry,
    base: Records = (),
    check: Check | None = None,
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Records of the acts that a form gives, and what is wrong, by the numbered field.

    A part whose quote is empty does not count; a field that a form leaves out stays as it is in
    ``base``, the reading that was shown, or as the machine has it. ``check`` tells what else is
    wrong with an act.
    """
    records: list[dict[str, Any]] = []
    faults: dict[str, str] = {}
    for at in range(PARTS_AT_MOST):
        mark = f"-{at}"
        fields = {
            name.removesuffix(mark): text for name, text in given.items() if name.endswith(mark)
        }
        if not fields or not fields.get("quote", "x").strip():
            continue
        if "act" in fields:  # a full form, in which a box that is not ticked is not sent
            fields = {**dict.fromkeys(_BOXES, ""), **fields}
        was = base[at] if at < len(base) else item.template()
        record, wrong = entered(was, fields, item.document, registry)
        if check is not None:
            record, wrong = missing.with_checkability(record), {**check(record), **wrong}
        records.append(record)
        faults |= {name + mark: told for name, told in wrong.items()}
    if not records:
        faults["quote-0"] = "Give the words of at least one act, or reject it."
    return records, faults
