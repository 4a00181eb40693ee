"""What can go wrong with what a user gives, said in one line each."""

from __future__ import annotations


class StandfastError(Exception):
    """A fault in what was given: says what, why, and what to do, in one line."""

    def __init__(self, subject: str, reason: str, remedy: str) -> None:
        self.subject, self.reason, self.remedy = subject, reason, remedy
        super().__init__(f"{subject}: {reason}; {remedy}")


class UnreadableError(StandfastError):
    """A file, address or record that cannot be read as a document."""


class UnknownPartyError(StandfastError):
    """A party code or name that the data files do not have; the remedy suggests near ones."""


class LedgerError(StandfastError):
    """A ledger that cannot be opened, is of a later version, or lacks what was asked for."""
