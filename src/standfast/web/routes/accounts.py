"""Accounts: one's own with its password and keys, and everybody's for those who keep them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from standfast.ledger import ROLES, Account, Ledger, Role, Token
from standfast.model import StandfastError
from standfast.web import passwords
from standfast.web.access import Visitor, digest, need, new_secret
from standfast.web.entering import begin, make_account, set_password
from standfast.web.pages import page
from standfast.web.routes.session import with_session

router = APIRouter()
Secret = Annotated[str, Form(max_length=4000)]
Me = Annotated[Visitor, Depends(need("reader"))]
KEY = "sf_"
"""How a program's key begins, so that one is known for what it is wherever it lies."""
_MOST_KEYS = 50


def _ledger(request: Request) -> Ledger:
    found: Ledger = request.app.state.ledger
    return found


def _mine(request: Request, me: Visitor) -> Account | None:
    """The visitor's account; none on one's own machine, where nobody logs in."""
    if request.app.state.settings.mode == "own" and not me.by_token:
        return None
    return _ledger(request).account(me.name)


def _keys(request: Request, account: Account | None) -> list[Token]:
    return _ledger(request).tokens(account.name) if account else []


@router.get("/me")
def me_page(request: Request, me: Me) -> Response:
    """One's own account."""
    return _me(request, me)


def _me(
    request: Request, me: Visitor, *, told: str = "", key: str = "", status: int = 200
) -> Response:
    account = _mine(request, me)
    answer = page(
        request,
        "me.html",
        status=status,
        account=account,
        keys=_keys(request, account),
        told=told,
        key=key,
        shortest=passwords.SHORTEST,
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _own(request: Request, me: Visitor) -> Account:
    account = _mine(request, me)
    if account is None:
        remedy = "make accounts with `standfast account add NAME --role ROLE`"
        raise StandfastError("account", "nobody logs in on one's own machine", remedy)
    return account


@router.post("/me/password")
def change_password(
    request: Request, me: Me, old: Secret = "", new: Secret = "", again: Secret = ""
) -> Response:
    """Change one's password; every other log-in ends, this one goes on under a new secret."""
    account = _own(request, me)
    try:
        if new != again:
            raise StandfastError("password", "differs from its repetition", "type both anew")
        if not passwords.right(account.password, old):
            raise StandfastError("password", "the old one is not right", "type it anew")
        set_password(_ledger(request), account.name, new)
    except StandfastError as error:
        told = f"{error.subject.capitalize()}: {error.reason}; {error.remedy}."
        return _me(request, me, told=told, status=400)
    secret = begin(_ledger(request), account.name)
    return with_session(request, RedirectResponse("/me", 303), secret)


@router.post("/me/leave")
def leave(request: Request, me: Me) -> Response:
    """Log out everywhere."""
    _ledger(request).end_sessions(_own(request, me).name)
    return RedirectResponse("/login", 303)


@router.post("/me/keys")
def make_key(
    request: Request, me: Me, label: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Make a key for a program; it is shown on this page and never again."""
    account, said = _own(request, me), " ".join(label.split())
    if not said or not said.isprintable():
        return _me(request, me, told="A key needs a name, to know it by.", status=400)
    if sum(one.revoked is None for one in _keys(request, account)) >= _MOST_KEYS:
        return _me(request, me, told="There are too many keys: revoke some.", status=400)
    key = KEY + new_secret()
    _ledger(request).add_token(account.name, said, digest(key))
    return _me(request, me, key=key)


@router.post("/me/keys/{number}/revoke")
def revoke_key(request: Request, me: Me, number: int) -> Response:
    """End a key of one's own."""
    _ledger(request).revoke_token(number, _own(request, me).name)
    return RedirectResponse("/me", 303)


RoleGiven = Annotated[Role, Form()]


@router.get("/accounts", dependencies=[Depends(need("admin"))])
def accounts_page(request: Request) -> Response:
    """Everybody's accounts."""
    return _accounts(request)


def _accounts(request: Request, *, told: str = "", status: int = 200) -> Response:
    answer = page(
        request,
        "accounts.html",
        status=status,
        accounts=_ledger(request).accounts(),
        roles=ROLES,
        told=told,
        shortest=passwords.SHORTEST,
    )
    answer.headers["cache-control"] = "no-store"
    return answer


@router.post("/accounts", dependencies=[Depends(need("admin"))])
def add_account(
    request: Request,
    role: RoleGiven,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Secret = "",
) -> Response:
    """Make an account."""
    try:
        make_account(_ledger(request), name, role, password)
    except StandfastError as error:
        return _fault(request, error)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/{name}/role", dependencies=[Depends(need("admin"))])
def change_role(request: Request, name: str, role: RoleGiven) -> Response:
    """Give an account another role, from its next request on."""
    return _changed(request, name, role=role)


@router.post("/accounts/{name}/close", dependencies=[Depends(need("admin"))])
def close_account(request: Request, name: str) -> Response:
    """Close an account: it is logged out, and its keys no longer count."""
    return _changed(request, name, closed=True)


@router.post("/accounts/{name}/open", dependencies=[Depends(need("admin"))])
def open_account(request: Request, name: str) -> Response:
    """Open a closed account again."""
    return _changed(request, name, closed=False)


@router.post("/accounts/{name}/password", dependencies=[Depends(need("admin"))])
def reset_password(request: Request, name: str, password: Secret = "") -> Response:
    """Give an account a new password; it is logged out everywhere."""
    try:
        set_password(_ledger(request), name, password)
    except StandfastError as error:
        return _fault(request, error)
    return RedirectResponse("/accounts", 303)


def _changed(
    request: Request, name: str, *, role: Role | None = None, closed: bool | None = None
) -> Response:
    try:
        _ledger(request).change_account(name, role=role, closed=closed)
    except StandfastError as error:
        return _fault(request, error)
    return RedirectResponse("/accounts", 303)


def _fault(request: Request, error: StandfastError) -> Response:
    if error.reason.startswith("no such"):
        raise error
    subject = error.subject[:1].upper() + error.subject[1:]
    return _accounts(request, told=f"{subject}: {error.reason}; {error.remedy}.", status=400)
