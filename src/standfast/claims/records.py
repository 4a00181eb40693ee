"""Acts of the record with what claims compare them by, each thing worked out once."""

from __future__ import annotations

from functools import cached_property

from standfast.claims.directions import Roles, named_in, roles_of
from standfast.lineage.subjects import subjects
from standfast.lineage.words import weighed
from standfast.model import Member
from standfast.parties import Registry


class Record:
    """An act of the record that claims are compared with, one after another.

    What does not depend on the claim is worked out when a claim first needs it and kept as long
    as the record is: several claims of a report mostly meet the same acts.
    """

    def __init__(self, member: Member, registry: Registry) -> None:
        self.member, self._registry = member, registry

    @property
    def order(self) -> tuple[str, str, int]:
        """By which records that are equally like come one after another."""
        return self.member.key, self.member.act.doc, self.member.act.start

    @cached_property
    def words(self) -> dict[str, float]:
        """The telling words of its sentence, weighed."""
        return weighed(self.member.sentence)

    @cached_property
    def quoted(self) -> dict[str, float]:
        """The telling words of the act alone, weighed."""
        quote = " ".join(self.member.act.quote.split())
        return self.words if quote == self.member.sentence else weighed(quote)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The undertakings that it is about."""
        return frozenset(subjects(self.member.act, self.member.sentence))

    @cached_property
    def themes(self) -> frozenset[str]:
        """The themes of the act, in no order."""
        return frozenset(self.member.act.themes)

    @cached_property
    def roles(self) -> Roles:
        """Who acts in it and on whom."""
        return roles_of(self.member.act, self.member.issuers)

    @cached_property
    def parties(self) -> frozenset[str]:
        """Everybody in it, and who issued its text."""
        act = self.member.act
        return frozenset((*act.obligors, *act.targets, *act.speaker, *self.member.issuers))

    @cached_property
    def titled(self) -> frozenset[str]:
        """Whom the title of its document names."""
        return named_in(self.member.title, self._registry, self.member.date)
