"""A reader of index files, written from docs/format.md and from nothing else.

It shares no line with farr, so that what both give is what the document says. Standard library only.
"""

from .classification import Classifications
from .dmd import Dmd
from .file import Refused
from .history import History
from .inverse import Inverse


class Index(Inverse, History, Dmd, Classifications):
    """An index file, verified."""


__all__ = ["Index", "Refused"]
