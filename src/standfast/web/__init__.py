"""The desk: a web application on a ledger, to read, code and decide in a browser."""

from standfast.web.app import create_app
from standfast.web.settings import Mode, Settings, choose_mode

__all__ = ["Mode", "Settings", "choose_mode", "create_app"]
