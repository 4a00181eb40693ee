"""The command line, by Typer and Rich."""

from standfast.cli.app import app, main

__all__ = ["app", "main"]
