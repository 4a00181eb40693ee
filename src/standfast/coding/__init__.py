"""Coding by people: what to look at first, readings by several coders, their agreement, exports."""
