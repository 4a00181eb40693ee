"""Who is who: states and bodies with stable codes, dated names and memberships, as data files."""

from standfast.parties.data import Name
from standfast.parties.registry import Registry

__all__ = ["Name", "Registry"]
