"""The package's data files on kinds of document, publishers and turns."""

from __future__ import annotations

from functools import partial

from standfast.data_files import data_file

knowledge = partial(data_file, "standfast.documents")
"""``data/<name>.yaml`` (read once); the mapping is to be treated as read-only."""
