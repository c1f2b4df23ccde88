"""The heading of a city monitor's export: which row it is, and what its columns are."""

from collections.abc import Iterator, Sequence

from indicators.reading.headings import EXPORT_ROLES, IGNORE, Heading, export_heading, said_heading
from indicators.reading.layout import Layout
from indicators.reading.merged import merged_headings
from indicators.reading.sheet import Row, Sheet
from indicators.table_file import Problem

_FIRST_ROWS = 30
_SAY_WHAT = "zeg wat er in deze kolom staat, of dat we hem overslaan."
# Several columns may break a figure down: by age and by sex.
_REPEATED = ("breakdown",)


def export_header(sheet: Sheet, layout: Layout) -> tuple[Row, tuple[Heading, ...]] | None:
    """The row with the headings and what we take them to be; None when no row looks like it.

    That is the first row that names the indicator, or else the first one with at least two texts.
    """
    rows = [row for row in sheet.rows[:_FIRST_ROWS] if len(row.filled) > 1]
    if not rows:
        return None
    guesses = [(row, _guess(row, layout)) for row in rows]
    return next((one for one in guesses if _names_indicator(one[1])), guesses[0])


def _names_indicator(headings: Sequence[Heading]) -> bool:
    known = [one for one in headings if one.is_known]
    return len(known) > 1 and any(one.role == "label" for one in known)


def _guess(row: Row, layout: Layout) -> tuple[Heading, ...]:
    """A role goes to one column only: to the one a person named, else to the first with such a heading."""
    headings = [export_heading(text, layout.mapping) for text in row.texts]
    said = {one.role for one in headings if said_heading(one.text, layout.mapping)}
    taken: set[str] = set()
    guessed = []
    for heading in headings:
        is_said = said_heading(heading.text, layout.mapping) is not None
        if not is_said and heading.role not in _REPEATED and heading.role in taken | said:
            heading = Heading(heading.text, IGNORE)
        taken.add(heading.role) if heading.role else None
        guessed.append(heading)
    return tuple(guessed)


def export_headings(sheet: Sheet, number: int, layout: Layout) -> tuple[Heading, ...]:
    """What the columns would be if the row with this number were the heading."""
    return next((_guess(row, layout) for row in sheet.rows if row.number == number), ())


def looks_like_export(headings: Sequence[Heading]) -> bool:
    """Whether there are columns that a printed table never has."""
    return any(one.role in EXPORT_ROLES for one in headings)


def merged_in_header(sheet: Sheet, row: int, headings: Sequence[Heading]) -> list[Problem]:
    """What merged cells in the heading are wrong: those a person must split, whatever is said of the columns."""
    return merged_headings(sheet, row, headings, [one for one in sheet.rows if one.number > row])


def heading_problems(row: int, headings: Sequence[Heading], layout: Layout) -> Iterator[Problem]:
    roles = [one.role for one in headings if one.role not in (IGNORE, *_REPEATED)]
    for heading in headings:
        if heading.text and not heading.is_known:
            yield Problem(row, heading.text, _SAY_WHAT)
        elif heading.role and roles.count(heading.role) > 1:
            yield Problem(row, heading.text, "er is al een andere kolom hiervoor. Kies er één.")
    has_columns = any(one.column for one in headings)
    needed = [("label", "indicator"), *([] if has_columns else [("period", "periode"), ("value", "waarde")])]
    for role, name in needed:
        if role not in roles:
            yield Problem(row, name, "zeg in welke kolom dit staat.")
    if "source" not in roles and not layout.source:
        yield Problem(row, "bron", "deze kolom ontbreekt. Kies een bron voor het hele bestand.")
