"""Which commitments fit what is asked for by parties, themes and kind; the same for every list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from standfast.model import LineKind


class Aimed(Protocol):
    """What is asked of a commitment: :class:`~standfast.model.Commitment` has it, and a summary."""

    @property
    def kind(self) -> LineKind:
        """Promise, demand or position."""

    @property
    def leading(self) -> frozenset[str]:
        """Who is bound by it or holds it, or asks."""

    @property
    def targets(self) -> Collection[str]:
        """For or against whom it is."""

    @property
    def themes(self) -> Collection[str]:
        """What it is about."""


def fitting(
    *,
    by: Collection[str] = (),
    to: Collection[str] = (),
    theme: Collection[str] = (),
    kind: Collection[str] = (),
) -> Callable[[Aimed], bool]:
    """Whether a commitment fits; empty filters fit all, values of one are alternatives.

    ``by`` are obligors (or, of a demand, those who ask), ``to`` targets, as party codes. Only what
    is asked for is looked at: who asks for a demand takes a pass over its mentions.
    """
    kinds, targets, themes, leading = set(kind), set(to), set(theme), set(by)
    asked: list[Callable[[Aimed], bool]] = []
    if kinds:
        asked.append(lambda one: one.kind in kinds)
    if targets:
        asked.append(lambda one: not targets.isdisjoint(one.targets))
    if themes:
        asked.append(lambda one: not themes.isdisjoint(one.themes))
    if leading:
        asked.append(lambda one: not leading.isdisjoint(one.leading))
    return lambda one: all(fits(one) for fits in asked)
