"""How a file is read, where the file does not say it itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Layout:
    """What a person says about a file; everything may be left out.

    `sheet` is a worksheet, or "" for the first that holds a table. `table_name`, `chapter` and `source` stand in
    where the file has none. `mapping` says per column heading what it is: one of `COLUMN_KINDS`, or
    "observation:2021", "baseline:2021", "target:2027".
    """

    sheet: str = ""
    table_name: str = ""
    chapter: str = ""
    source: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Layout":
        """The reverse of `to_json`; what is missing is empty."""
        known = {one.name for one in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in known})
