"""The verbs, as the command line, notebooks and later the web call them."""

from standfast.workflow.frames import frame
from standfast.workflow.reading import ReadReport, explain, extract, extracted, read

__all__ = ["ReadReport", "explain", "extract", "extracted", "frame", "read"]
