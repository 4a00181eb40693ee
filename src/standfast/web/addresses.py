"""Addresses of searches: where the quotes behind a number are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote_plus

Wanted = str | Iterable[str] | None


def acts_at(year: str | None = None, **chosen: Wanted) -> str:
    """The address of the acts that fit, by the names of facets; ``year`` stands for its days.

    >>> acts_at(by="USA", act="commitment", year="2023")
    '/search?by=USA&act=commitment&since=2023-01-01&until=2023-12-31'
    """
    if year:
        chosen |= {"since": f"{year:0>4}-01-01", "until": f"{year:0>4}-12-31"}
    return _address("/search", chosen)


def lines_at(**chosen: Wanted) -> str:
    """The address of the commitments that fit, by the names of facets."""
    return _address("/commitments", chosen)


def _address(path: str, chosen: dict[str, Wanted]) -> str:
    pairs = [
        (name, one)
        for name, value in chosen.items()
        if value
        for one in ([value] if isinstance(value, str) else value)
    ]
    return f"{path}?{query_of(pairs)}" if pairs else path


_quoted = lru_cache(maxsize=20_000)(quote_plus)
"""A page has hundreds of addresses, of few values."""


def query_of(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs as the query of an address; their names are plain words.

    >>> query_of([("q", "air defence"), ("by", "USA")])
    'q=air+defence&by=USA'
    """
    return "&".join([f"{name}={_quoted(value)}" for name, value in pairs])
