"""Acts out of what a person typed into a form: names of parties, figures, words of the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from standfast.coding.context import locate
from standfast.evaluation import cells
from standfast.model import Act, StandfastError
from standfast.model.coding import act_of

if TYPE_CHECKING:
    from standfast.model import Document
    from standfast.parties import Registry

Fields = Mapping[str, str]
"""What a form says of one act: ``act``, ``quote``, ``start``, ``end``, ``obligors``, ``targets``,
``speaker``, ``theme``, ``theme2``, ``strength``, ``reaffirms``, ``conditional``, ``deadline``,
``amounts``."""


def entered(
    was: Mapping[str, Any], fields: Fields, document: Document, registry: Registry
) -> tuple[dict[str, Any], dict[str, str]]:
    """The record of an act as a form has it, and what is wrong with it, by the fields' names.

    What a form does not ask for (condition, items, in most the speaker) stays as it ``was``; items
    outside a new quote go. The quote must be words of the document, and nearest to its old place.
    """
    act, faults = act_of(was), dict[str, str]()

    def read(name: str, how: Callable[[str], Any], kept: Any) -> Any:
        if name not in fields:
            return kept
        try:
            return how(fields[name])
        except StandfastError as error:
            faults[name] = f"{error.subject}: {error.reason}; {error.remedy}."
            return kept

    on = document.date
    kind = read("act", cells.act, act.act)
    if kind is None:
        faults["act"] = "Say which act it is; reject it if it is none."
        kind = act.act
    themes = [read(one, cells.themes, ()) for one in ("theme", "theme2") if one in fields]
    strength = read("strength", cells.strength, act.strength)
    if kind == "commitment" and strength is None:
        faults["strength"] = "A commitment is firm, an intent, or soft."
    start, end = _span(act, fields, document.text, faults)
    made = replace(
        act,
        act=kind,
        start=start,
        end=end,
        quote=document.text[start:end],
        obligors=read("obligors", lambda cell: cells.parties(cell, registry, on), act.obligors),
        speaker=read("speaker", lambda cell: cells.parties(cell, registry, on), act.speaker),
        targets=read("targets", lambda cell: cells.parties(cell, registry, on), act.targets),
        themes=tuple(dict.fromkeys(one for some in themes for one in some)) or act.themes,
        strength=strength if kind == "commitment" else None,
        reaffirms=read("reaffirms", cells.yes, act.reaffirms),
        conditional=read("conditional", cells.yes, act.conditional),
        deadline=read("deadline", cells.deadline, act.deadline),
        amounts=read("amounts", cells.amounts, act.amounts),
        items=tuple(one for one in act.items if start <= one.start and one.end <= end),
    )
    if not made.conditional:
        made = replace(made, condition=None)
    return made.record(), faults


def _span(act: Act, fields: Fields, text: str, faults: dict[str, str]) -> tuple[int, int]:
    """The offsets given, if the quote stands there, else where its words stand nearest."""
    words = fields.get("quote", act.quote).split()
    start, end = _number(fields.get("start")), _number(fields.get("end"))
    for low, high in ((start, end), (act.start, act.end)):
        held = text[low:high] if 0 <= low < high <= len(text) else ""
        if held and held.split() == words:
            # White space around is no part of a quote.
            return low + len(held) - len(held.lstrip()), low + len(held.rstrip())
    found = locate(text, fields.get("quote", ""), act.start)
    if found is None:
        faults["quote"] = "These words do not stand in the document; take them as they are there."
        return act.start, act.end
    return found


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 12 else -1
