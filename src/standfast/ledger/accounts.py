"""People in the ledger: accounts, log-ins, keys for programs, and attempts that failed.

Passwords and secrets come in as they are to be kept: hashed by whoever calls.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

import sqlalchemy as sa

from standfast.ledger import people as p
from standfast.ledger.rows import zoned
from standfast.ledger.transactions import Transactions
from standfast.ledger.writing import insert, now
from standfast.model import LedgerError

Role = Literal["reader", "coder", "editor", "admin"]
"""Each may do what those before it may: read, code, decide and add, keep accounts."""
ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_NAME = 60
"""Letters of a name."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may log in; ``password`` is an argon2id hash, ``closed`` the end."""

    id: int
    name: str
    role: Role
    password: str
    created: dt.datetime
    closed: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Token:
    """A program's key, of which only the hash is kept."""

    id: int
    account: str
    label: str
    created: dt.datetime
    used: dt.datetime | None
    revoked: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Failures:
    """Log-ins that failed since a time: how many, and when the last was (UTC)."""

    number: int
    last: dt.datetime | None


class People(Transactions):
    """Who may enter, and what they are."""

    def add_account(self, name: str, role: Role, password: str) -> Account:
        """Make an account; :class:`LedgerError` where the name is taken or empty."""
        name = _fit_name(name)
        _fit_role(name, role)
        with self.noting() as connection:
            if connection.execute(sa.select(p.accounts).where(p.accounts.c.name == name)).first():
                raise LedgerError(name, "there is such an account", "give another name")
            values = {"name": name, "role": role, "password": password, "created": now()}
            insert(connection, p.accounts, **values)
        return self.account(name)

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        with self._reading() as connection:
            rows = connection.execute(sa.select(p.accounts).order_by(p.accounts.c.name)).all()
        return [_account(row) for row in rows]

    def account(self, name: str) -> Account:
        """The account of this name; :class:`LedgerError` where there is none."""
        with self._reading() as connection:
            row = connection.execute(sa.select(p.accounts).where(p.accounts.c.name == name)).first()
        if row is None:
            raise LedgerError(name, "no such account", "see `standfast account list`")
        return _account(row)

    def change_account(
        self,
        name: str,
        *,
        role: Role | None = None,
        password: str | None = None,
        closed: bool | None = None,
    ) -> Account:
        """Change what is given; a closed account, and one with a new password, is logged out.

        :class:`LedgerError` where no open account of an admin would be left.
        """
        values: dict[str, Any] = {}
        if role is not None:
            _fit_role(name, role)
            values["role"] = role
        if password is not None:
            values["password"] = password
        if closed is not None:
            values["closed"] = now() if closed else None
        held = self.account(name)
        with self.noting() as connection:
            a = p.accounts
            if closed or role not in {None, "admin"}:
                _keep_an_admin(connection, held)
            if values:
                connection.execute(a.update().where(a.c.id == held.id).values(**values))
            if closed or password is not None:
                mine = p.sessions.c.account_id == held.id
                connection.execute(p.sessions.delete().where(mine))
        return self.account(name)

    def begin_session(self, name: str, sha256: str, expires: dt.datetime) -> None:
        """Note a log-in by the hash of its secret."""
        held, moment = self.account(name), now()
        with self.noting() as connection:
            connection.execute(p.sessions.delete().where(p.sessions.c.expires < moment))
            values = {"account_id": held.id, "created": moment, "seen": moment}
            connection.execute(
                p.sessions.insert(), {"sha256": sha256, "expires": expires, **values}
            )

    def session(self, sha256: str) -> Account | None:
        """Whose log-in this is, if it has not run out and the account is open."""
        query = sa.select(p.accounts).select_from(p.sessions.join(p.accounts))
        query = query.where(
            p.sessions.c.sha256 == sha256,
            p.sessions.c.expires > now(),
            p.accounts.c.closed.is_(None),
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return _account(row) if row else None

    def end_session(self, sha256: str) -> None:
        """Log out."""
        with self.noting() as connection:
            connection.execute(p.sessions.delete().where(p.sessions.c.sha256 == sha256))

    def end_sessions(self, name: str) -> None:
        """Log out everywhere."""
        held = self.account(name)
        with self.noting() as connection:
            connection.execute(p.sessions.delete().where(p.sessions.c.account_id == held.id))

    def add_token(self, name: str, label: str, sha256: str) -> None:
        """Keep a program's key by its hash."""
        held = self.account(name)
        with self.noting() as connection:
            values = {"account_id": held.id, "label": label, "sha256": sha256, "created": now()}
            insert(connection, p.tokens, **values)

    def tokens(self, name: str | None = None) -> list[Token]:
        """Keys of an account, or of all, the latest first."""
        query = sa.select(p.tokens, p.accounts.c.name).select_from(p.tokens.join(p.accounts))
        if name is not None:
            query = query.where(p.accounts.c.name == name)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(p.tokens.c.id.desc())).all()
        return [
            Token(
                row.id,
                row.name,
                row.label,
                zoned(row.created),
                zoned(row.used) if row.used else None,
                zoned(row.revoked) if row.revoked else None,
            )
            for row in rows
        ]

    def token(self, sha256: str) -> Account | None:
        """Whose key this is, if it is not revoked and the account is open."""
        query = sa.select(p.accounts).select_from(p.tokens.join(p.accounts))
        query = query.where(
            p.tokens.c.sha256 == sha256,
            p.tokens.c.revoked.is_(None),
            p.accounts.c.closed.is_(None),
        )
        with self._reading() as connection:
            row = connection.execute(query).first()
        return _account(row) if row else None

    def note_token(self, sha256: str) -> None:
        """Note that a key is used now."""
        with self.noting() as connection:
            k = p.tokens
            connection.execute(k.update().where(k.c.sha256 == sha256).values(used=now()))

    def revoke_token(self, id_: int, name: str) -> None:
        """End a key of this account; :class:`LedgerError` where it has no such key."""
        if id_ not in {one.id for one in self.tokens(name)}:
            raise LedgerError(str(id_), "no such key", "see the list of your keys")
        with self.noting() as connection:
            k = p.tokens
            connection.execute(k.update().where(k.c.id == id_).values(revoked=now()))

    def note_attempt(self, name: str, address: str) -> None:
        """A log-in that failed."""
        with self.noting() as connection:
            old = now() - dt.timedelta(days=1)
            connection.execute(p.attempts.delete().where(p.attempts.c.made < old))
            insert(connection, p.attempts, made=now(), name=name, address=address)

    def forget_attempts(self, name: str) -> None:
        """Those under a name no longer count: somebody logged in by it."""
        with self.noting() as connection:
            connection.execute(p.attempts.delete().where(p.attempts.c.name == name))

    def attempts(self, name: str, address: str, since: dt.datetime) -> tuple[Failures, Failures]:
        """Log-ins that failed since a time: under this name, and from this address."""
        c = p.attempts.c

        def found(where: sa.ColumnElement[bool]) -> Failures:
            query = sa.select(sa.func.count(), sa.func.max(c.made)).where(c.made >= since, where)
            number, last = connection.execute(query).one()
            return Failures(int(number), zoned(last) if last else None)

        with self._reading() as connection:
            return found(c.name == name), found(c.address == address)


def _fit_name(name: str) -> str:
    """A name without spaces around it; refuses what could not be typed or shown."""
    name = name.strip()
    if not name:
        raise LedgerError("account", "has no name", "give one")
    if len(name) > LONGEST_NAME or not name.isprintable() or {*name} & {*"/\\"}:
        reason = f"is no name of up to {LONGEST_NAME} letters, without strokes"
        raise LedgerError(ascii(name[:LONGEST_NAME]), reason, "give another")
    return name


def _fit_role(name: str, role: str) -> None:
    if role not in ROLES:
        raise LedgerError(name, f"cannot be “{role}”", f"the roles are {', '.join(ROLES)}")


def _keep_an_admin(connection: sa.Connection, held: Account) -> None:
    """Refuse what would leave nobody to keep accounts; in the transaction that changes them."""
    a = p.accounts.c
    open_admins = sa.select(a.id).where(a.role == "admin", a.closed.is_(None))
    left = set(connection.execute(open_admins).scalars())
    if left == {held.id}:
        reason = "the last admin: nobody could keep accounts any more"
        raise LedgerError(held.name, reason, "make another admin first")


def _account(row: sa.Row[Any]) -> Account:
    return Account(row.id, row.name, cast(Role, row.role), row.password, row.created, row.closed)
