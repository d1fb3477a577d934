"""From files to documents: text as it was read, title, publisher, date and zones."""

from .decoding import decode
from .document import Document, document_from_text, given_date, read_source
from .sorting import CONTENT, FURNITURE
from .sources import Source, find_sources, open_source, read_bytes, source_of
from .zones import Zone

__all__ = [
    "CONTENT",
    "FURNITURE",
    "Document",
    "Source",
    "Zone",
    "decode",
    "document_from_text",
    "find_sources",
    "given_date",
    "open_source",
    "read_bytes",
    "read_source",
    "source_of",
]
