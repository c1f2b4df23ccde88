"""The flat form as CSV: UTF-8 with a mark in front and semicolons, which a Dutch Excel opens well."""

import csv
import io

from indicators.exports.document import Document
from indicators.exports.flat import flat_lines
from indicators.tidy_words import COLUMNS

DELIMITER = ";"


def csv_bytes(document: Document) -> bytes:
    """The whole file. Text that looks like a formula has an apostrophe in front."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(flat_lines(document.rows))
    return text.getvalue().encode("utf-8-sig")
