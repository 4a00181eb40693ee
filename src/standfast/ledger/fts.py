"""Full text: FTS5 over quotes and titles on SQLite, plain pattern matching elsewhere."""

# ruff: noqa: S608 - the statements are put together from names in this file alone

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa

from standfast.ledger.schema import acts, versions
from standfast.model import LedgerError

CREATE = (
    "CREATE VIRTUAL TABLE act_text USING fts5(quote, content='acts', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE title_text USING fts5(title, content='versions', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    *(
        statement
        for table, text, column in (
            ("acts", "act_text", "quote"),
            ("versions", "title_text", "title"),
        )
        for statement in (
            f"CREATE TRIGGER {table}_in AFTER INSERT ON {table} BEGIN "
            f"INSERT INTO {text}(rowid, {column}) VALUES (new.id, new.{column}); END",
            f"CREATE TRIGGER {table}_out AFTER DELETE ON {table} BEGIN "
            f"INSERT INTO {text}({text}, rowid, {column}) "
            f"VALUES ('delete', old.id, old.{column}); END",
            f"CREATE TRIGGER {table}_change AFTER UPDATE OF {column} ON {table} BEGIN "
            f"INSERT INTO {text}({text}, rowid, {column}) "
            f"VALUES ('delete', old.id, old.{column}); "
            f"INSERT INTO {text}(rowid, {column}) VALUES (new.id, new.{column}); END",
        )
    ),
)
"""Statements that make the full-text tables and keep them current (SQLite's documentation of
FTS5, section 4.4.3, external content tables)."""

DROP = (
    *(f"DROP TRIGGER {table}_{what}" for table in ("acts", "versions") for what in
      ("in", "out", "change")),
    "DROP TABLE act_text",
    "DROP TABLE title_text",
)  # fmt: skip


CREATE_BODIES = (
    "CREATE VIRTUAL TABLE body_text USING fts5(text, content='versions', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2', detail='column')",
    "CREATE TRIGGER bodies_in AFTER INSERT ON versions BEGIN "
    "INSERT INTO body_text(rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER bodies_out AFTER DELETE ON versions BEGIN "
    "INSERT INTO body_text(body_text, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER bodies_change AFTER UPDATE OF text ON versions BEGIN "
    "INSERT INTO body_text(body_text, rowid, text) VALUES ('delete', old.id, old.text); "
    "INSERT INTO body_text(rowid, text) VALUES (new.id, new.text); END",
    "INSERT INTO body_text(body_text) VALUES ('rebuild')",
)
"""The same for the whole texts of documents, without the places of words, which phrases need: a
text is looked through for those anyway, and the index is half as large."""

DROP_BODIES = (
    *(f"DROP TRIGGER bodies_{what}" for what in ("in", "out", "change")),
    "DROP TABLE body_text",
)

_MOST_PIECES = 64
"""More words than anyone looks for; each is a subquery, and SQLite bounds the depth of those."""


def pieces(text: str) -> list[str]:
    """What a person looks for: phrases in quotation marks, else single words, each once.

    Raises :class:`LedgerError` where there are more than 64.
    """
    # A NUL would end the query for SQLite; half a surrogate pair can stand in no database.
    text = re.sub("[\x00\ud800-\udfff]", " ", text)
    found = re.findall(r'["“]([^"”]+)["”]|(\S+)', text)
    some = [phrase or word for phrase, word in found if re.search(r"\w", phrase or word)]
    some = list(dict.fromkeys(some))
    if len(some) > _MOST_PIECES:
        reason = f"{len(some)} different words or phrases to look for"
        raise LedgerError("--text", reason, f"give {_MOST_PIECES} at most")
    return some


def matches(text: str, dialect: str) -> sa.ColumnElement[bool]:
    """Whether each piece of ``text`` stands in an act's quote or in its document's title."""
    return _all(text, ((acts.c.quote, "act_text"), (versions.c.title, "title_text")), dialect)


def title_matches(text: str, dialect: str) -> sa.ColumnElement[bool]:
    """Whether a version's title holds every piece of ``text``."""
    return _all(text, ((versions.c.title, "title_text"),), dialect)


def _all(
    text: str, places: Sequence[tuple[sa.Column[str], str]], dialect: str
) -> sa.ColumnElement[bool]:
    if not text.strip():
        return sa.true()
    wanted = pieces(text)
    return sa.and_(
        sa.true() if wanted else sa.false(),  # marks alone stand for no word
        *(sa.or_(*(_holds(*place, piece, dialect) for place in places)) for piece in wanted),
    )


def _holds(column: sa.Column[str], table: str, piece: str, dialect: str) -> sa.ColumnElement[bool]:
    if dialect != "sqlite":
        return column.icontains(piece, autoescape=True)
    # Quoted, so that no character of the user's is an operator of FTS5's query language.
    query: sa.BindParameter[str] = sa.bindparam(
        None, '"' + piece.replace('"', " ") + '"', unique=True
    )
    rowid: sa.ColumnElement[int] = sa.literal_column("rowid", sa.Integer)
    found = sa.select(rowid).select_from(sa.table(table))
    return column.table.c.id.in_(found.where(sa.literal_column(table).op("MATCH")(query)))
