import pytest

from haarlemveilig.ui.charts import (
    Bar,
    BarChart,
    Interval,
    IntervalChart,
    Line,
    LineChart,
    Point,
    SmallMultiples,
)
from haarlemveilig.ui.charts.tables import (
    Cell,
    margin_text,
    table_by_area,
    table_by_period,
    table_of_bars,
    table_of_places,
)

ONE = Line("Noord", (Point("2023", 5, "5"), Point("2024", None, "volgt", "In mei", state="pending")))
OTHER = Line("Oost", (Point("2023", 7.5, "7,5", low=7, high=8),))


def test_a_line_chart_has_a_row_for_each_period_and_a_column_for_each_line() -> None:
    table = table_by_period(LineChart("t", (ONE, OTHER)))
    assert table.heads == ("Noord", "Oost")
    assert [row.head for row in table.rows] == ["2023", "2024"]
    assert table.rows[0].cells == (Cell("5"), Cell("7,5", "7,0–8,0"))
    assert table.rows[1].cells == (Cell("volgt", note="In mei"), Cell("–"))


def test_small_multiples_have_a_row_for_each_area() -> None:
    table = table_by_area(SmallMultiples("t", (ONE, OTHER)))
    assert table.heads == ("2023", "2024")
    assert [row.head for row in table.rows] == ["Noord", "Oost"]


def test_bars_have_a_row_each() -> None:
    table = table_of_bars(BarChart("t", (Bar("Noord", None, "volgt"),)), "Cijfer")
    assert (table.heads, table.rows[0].cells) == (("Cijfer",), (Cell("volgt"),))


def test_places_are_best_worst_and_likeliest() -> None:
    rows = (Interval("a", 1, 3, 2), Interval("b", 1, 9, None, "klein"))
    table = table_of_places(IntervalChart("t", rows, 9), ("Hoogste", "Laagste", "Waarschijnlijkste"))
    assert [cell.printed for cell in table.rows[0].cells] == ["1", "3", "2"]
    assert table.rows[1].cells[-1] == Cell("–", note="klein")


@pytest.mark.parametrize(
    ("printed", "low", "high", "expected"),
    [
        ("812", 790.4, 1834, "790–1.834"),
        ("7,52", 7.1, 8, "7,10–8,00"),
        ("6,5%", 6, 7, "6,0–7,0"),
        ("5", None, 6, ""),
    ],
)
def test_a_margin_is_as_precise_as_its_figure(
    printed: str, low: float | None, high: float, expected: str
) -> None:
    assert margin_text(Point("2024", 1, printed, low=low, high=high)) == expected
