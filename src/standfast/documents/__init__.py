"""Documents out of files, folders, standard input and addresses: one reader a format."""

from standfast.documents.metadata import parse_date
from standfast.documents.reading import count, read, read_text
from standfast.documents.results import Failure, Metadata

__all__ = ["Failure", "Metadata", "count", "parse_date", "read", "read_text"]
