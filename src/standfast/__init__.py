"""Standfast: a ledger of international commitments."""

__version__ = "0.1.0"
