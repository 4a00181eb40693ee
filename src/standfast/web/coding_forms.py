"""Forms on acts: one part an act, its fields numbered (``act-0``, ``quote-0`` …)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from standfast.coding.entering import entered
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


def parts_of(
    item: CodedItem, given: Mapping[str, str], registry: Registry, base: Records = ()
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Records of the acts that a form gives, and what is wrong, by the numbered field.

    A part whose quote is empty does not count; a field that a form leaves out stays as it is in
    ``base``, the reading that was shown, or as the machine has it.
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
        was = base[at] if at < len(base) else item.record
        record, wrong = entered(was, fields, item.document, registry)
        records.append(record)
        faults |= {name + mark: told for name, told in wrong.items()}
    if not records:
        faults["quote-0"] = "Give the words of at least one act, or reject it."
    return records, faults
