"""Headings in merged cells: one text above several columns does not say what each of them is."""

from collections.abc import Iterable, Sequence

from indicators.reading.headings import Heading
from indicators.reading.sheet import Merge, Row, Sheet
from indicators.table_file import Problem

_MERGED = "deze cel is samengevoegd ({}). Splits hem, en geef elke kolom een eigen kop."


def merged_headings(
    sheet: Sheet, number: int, headings: Sequence[Heading], body: Iterable[Row]
) -> list[Problem]:
    """What is wrong with the merged cells in the heading that begins at row `number`.

    "Meting" above its years is right, and so is a name above a column with an empty one beside it.
    """
    rows = list(body)
    in_body = {row.number for row in rows}
    wide = [
        one
        for one in sheet.merges
        if one.left < one.right and one.top in (number, number + 1) and one.top not in in_body
    ]
    return [
        Problem(one.top, _name(one, headings), _MERGED.format(one.name))
        for one in wide
        if _is_unclear(one, headings, rows)
    ]


def _is_unclear(merge: Merge, headings: Sequence[Heading], rows: Sequence[Row]) -> bool:
    places = range(merge.left, min(merge.right + 1, len(headings)))
    unknown = [place for place in places if not headings[place].is_known]
    if any(headings[place].text for place in unknown):
        return True
    return any(row.texts[place] for row in rows for place in unknown if place < len(row.texts))


def _name(merge: Merge, headings: Sequence[Heading]) -> str:
    text = headings[merge.left].text if merge.left < len(headings) else ""
    return text or str(merge.left + 1)
