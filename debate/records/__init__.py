"""Debate records: our interchange format, in and out, and what else records can become."""

from debate.records.attempt import Attempt
from debate.records.blinding import blind
from debate.records.imported import Imported, import_id
from debate.records.reading import check, read
from debate.records.record import SCHEMA, Record
from debate.records.withholding import Withheld
from debate.records.writing import encode, record, write

__all__ = [
    "SCHEMA",
    "Attempt",
    "Imported",
    "Record",
    "Withheld",
    "blind",
    "check",
    "encode",
    "import_id",
    "read",
    "record",
    "write",
]
