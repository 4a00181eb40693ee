"""Full text: FTS5 over quotes and titles on SQLite, plain pattern matching elsewhere."""

# ruff: noqa: S608 - the statements are put together from names in this file alone

from __future__ import annotations

import re

import sqlalchemy as sa

from standfast.ledger.schema import acts, versions

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


def pieces(text: str) -> list[str]:
    """What a person looks for: phrases in quotation marks, else single words."""
    found = re.findall(r'["“]([^"”]+)["”]|(\S+)', text)
    return [phrase or word for phrase, word in found if re.search(r"\w", phrase or word)]


def matches(text: str, dialect: str) -> sa.ColumnElement[bool]:
    """Whether an act's quote or its document's title holds every piece of ``text``."""
    wanted = pieces(text)
    if not wanted:
        return sa.true() if not text.strip() else sa.false()
    if dialect == "sqlite":
        # Quoted, so that no character of the user's is an operator of FTS5's query language.
        query = " ".join('"' + piece.replace('"', " ") + '"' for piece in wanted)
        in_quote = _rows("act_text", query)
        in_title = _rows("title_text", query)
        return sa.or_(acts.c.id.in_(in_quote), versions.c.id.in_(in_title))
    return sa.and_(
        *(
            sa.or_(acts.c.quote.icontains(piece, autoescape=True),
                   versions.c.title.icontains(piece, autoescape=True))
            for piece in wanted
        )
    )  # fmt: skip


def _rows(table: str, query: str) -> sa.Select[int]:
    # Table names are constants of this file; the query is bound.
    column: sa.ColumnElement[int] = sa.literal_column("rowid", sa.Integer)
    condition = sa.text(f"{table} MATCH :{table}_query").bindparams(**{f"{table}_query": query})
    return sa.select(column).select_from(sa.table(table)).where(condition)


def title_matches(text: str, dialect: str) -> sa.ColumnElement[bool]:
    """Whether a version's title holds every piece of ``text``."""
    wanted = pieces(text)
    if dialect == "sqlite" and wanted:
        query = " ".join('"' + piece.replace('"', " ") + '"' for piece in wanted)
        return versions.c.id.in_(_rows("title_text", query))
    return sa.and_(
        sa.true(), *(versions.c.title.icontains(piece, autoescape=True) for piece in wanted)
    )
