"""What a file says besides its figures."""

import datetime as dt
from dataclasses import dataclass

from indicators.exports.flat import TidyRow

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.nl"


@dataclass(frozen=True)
class Heading:
    """A column of years or targets as the table prints it; `key` is that of its columns.Column."""

    key: str
    label: str


@dataclass(frozen=True)
class Definition:
    """An indicator in plain words."""

    name: str
    definition: str
    unit: str


@dataclass(frozen=True)
class SourceNote:
    """Who counted or asked, and how."""

    name: str
    kind: str
    method: str
    licence: str
    url: str


@dataclass(frozen=True)
class Document:
    """One file: a whole table, or all series of one indicator. `url` is where a reader finds it.

    `as_of` is a day in Dutch for figures as they were then, and "" for figures as they are.
    """

    title: str
    url: str
    publisher: str
    modified: dt.datetime
    headings: tuple[Heading, ...]
    rows: tuple[TidyRow, ...]
    definitions: tuple[Definition, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    as_of: str = ""

    @property
    def is_synthetic(self) -> bool:
        """Whether any of the figures are invented."""
        return any(row.is_synthetic for row in self.rows)
