"""Vectors of texts, kept by a key that stands for text and model, so that none can be stale."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.ledger.queries import CHUNK
from standfast.ledger.transactions import Transactions


class Vectors(Transactions):
    """What was worked out of texts once; readers see nothing of it, and all can be made anew."""

    def vectors(self, keys: Collection[str]) -> dict[str, bytes]:
        """Those of these keys that there are."""
        found: dict[str, bytes] = {}
        with self._reading() as connection:
            for some in _parts(sorted(set(keys))):
                rows = connection.execute(_BY_KEY, {"keys": some})
                found.update((str(key), bytes(value)) for key, value in rows)
        return found

    def vector_keys(self) -> set[str]:
        """Keys of all that are kept."""
        with self._reading() as connection:
            return set(connection.execute(sa.select(t.vectors.c.text_key)).scalars())

    def keep_vectors(self, made: Mapping[str, bytes]) -> None:
        """Keep vectors by their keys; what is there already stays."""
        with self.noting() as connection:
            there: set[str] = set()
            for some in _parts(sorted(made)):
                where = t.vectors.c.text_key.in_(some)
                there.update(
                    connection.execute(sa.select(t.vectors.c.text_key).where(where)).scalars()
                )
            rows = [
                {"text_key": key, "vector": value}
                for key, value in made.items()
                if key not in there
            ]
            if rows:
                connection.execute(t.vectors.insert(), rows)

    def drop_vectors(self, keys: Collection[str]) -> None:
        """Keep these no longer."""
        with self.noting() as connection:
            for some in _parts(sorted(keys)):
                connection.execute(t.vectors.delete().where(t.vectors.c.text_key.in_(some)))


_BY_KEY = sa.select(t.vectors.c.text_key, t.vectors.c.vector).where(
    t.vectors.c.text_key.in_(sa.bindparam("keys", expanding=True))
)
"""Made once, as every claim asks."""


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(keys), CHUNK):
        yield keys[first : first + CHUNK]
