"""The package's data files: knowledge that an analyst may want to change."""

from __future__ import annotations

from functools import partial

from standfast.data_files import data_file

knowledge = partial(data_file, "standfast.claims")
"""``data/<name>.yaml`` (read once); the mapping is to be treated as read-only."""
