"""The package's data files: the rules of joining, standing, drift, goals and endurance."""

from __future__ import annotations

from functools import partial

from standfast.data_files import data_file

knowledge = partial(data_file, "standfast.lineage")
"""``data/<name>.yaml`` (read once); the mapping is to be treated as read-only."""
