"""Spreadsheets are zip files full of dates; without them the same figures give the same bytes."""

import io
import zipfile
from collections.abc import Callable, Mapping

NO_DATE = (1980, 1, 1, 0, 0, 0)


def without_dates(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same package with a fixed date on every part; `changes` rewrites parts, by their name."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            data = old.read(part)
            if part.filename in changes:
                data = changes[part.filename](data)
            info = zipfile.ZipInfo(part.filename, NO_DATE)
            info.compress_type = part.compress_type
            info.external_attr = part.external_attr
            new.writestr(info, data)
    return result.getvalue()
