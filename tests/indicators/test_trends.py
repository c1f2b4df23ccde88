import pytest

from indicators.cells import parse_target
from indicators.display import CellView
from indicators.trends import (
    as_share,
    bare_number,
    better_or_worse,
    is_share,
    main_cells,
    measure_of,
    trend_in,
    with_missing_years,
)


def cell(year: int, value: float | None = None, status: str = "normal", **more: object) -> CellView:
    printed = "" if value is None else f"{value:g}"
    fields = {"label": str(year), "printed": printed, "status": status, "value": value, "period": str(year)}
    return CellView(**(fields | more))  # type: ignore[arg-type]


def pending(year: int) -> CellView:
    return cell(year, None, "pending", printed="volgt", explanation="Dit cijfer komt nog.")


def test_the_last_figure_is_compared_with_the_one_before_and_not_with_a_gap() -> None:
    trend = trend_in(
        [cell(2019, 3), cell(2020, 5), cell(2021, None, "unknown"), cell(2022, 4), pending(2023)]
    )
    assert trend.latest == cell(2022, 4)
    assert trend.before == cell(2020, 5)
    assert trend.change == "less"
    assert [one.label for one in trend.missing] == ["2023"]


def test_without_figures_all_cells_are_missing() -> None:
    trend = trend_in([pending(2022), pending(2023)])
    assert trend.latest is None
    assert len(trend.missing) == 2


def test_a_composite_is_a_figure_but_is_not_compared() -> None:
    both = cell(2022, None, "composite", printed="12 keer overleg en 4 keer schouw")
    trend = trend_in([cell(2021, 3), both])
    assert trend.latest == both
    assert trend.change == ""


def test_a_figure_with_a_comparator_is_not_compared() -> None:
    assert trend_in([cell(2021, 3), cell(2022, 2, comparator="<")]).change == ""


@pytest.mark.parametrize(
    ("before", "latest", "certainty"),
    [
        ((20, 26), (25, 31), "chance"),
        ((20, 24), (25, 31), "sure"),
        ((None, None), (25, 31), "unknown"),
    ],
)
def test_what_a_change_in_a_survey_is_worth(
    before: tuple[float | None, float | None], latest: tuple[float | None, float | None], certainty: str
) -> None:
    cells = [
        cell(2021, 22, low=before[0], high=before[1]),
        cell(2022, 28, low=latest[0], high=latest[1]),
    ]
    assert trend_in(cells, is_survey=True).certainty == certainty


def test_a_registered_change_is_sure_and_a_break_is_no_comparison() -> None:
    assert trend_in([cell(2021, 2), cell(2022, 3)]).certainty == "sure"
    assert trend_in([cell(2021, 2), cell(2022, 3, "break")]).certainty == "break"


@pytest.mark.parametrize(
    ("direction", "word"),
    [("lower", "worse"), ("higher", "better"), ("ambiguous", ""), ("neutral", ""), ("band", "")],
)
def test_only_a_direction_that_a_person_set_judges_a_change(direction: str, word: str) -> None:
    assert better_or_worse(trend_in([cell(2021, 2), cell(2022, 3)]), direction) == word


def test_a_change_that_may_be_chance_is_not_judged() -> None:
    cells = [cell(2021, 22, low=20, high=26), cell(2022, 24, low=21, high=27)]
    assert better_or_worse(trend_in(cells, is_survey=True), "lower") == ""


def test_a_year_that_is_passed_over_says_so() -> None:
    filled = with_missing_years([cell(2019, 1), cell(2020, 1), cell(2023, 1)])
    assert [one.label for one in filled] == ["2019", "2020", "2021", "2022", "2023"]
    assert filled[2].explanation == "Over 2021 is geen cijfer ingelezen."


def test_what_is_asked_every_second_year_lacks_nothing() -> None:
    cells = (cell(2019, 1), cell(2021, 1), cell(2023, 1))
    assert with_missing_years(cells) == cells


def test_a_line_joins_years_and_leaves_quarters_out() -> None:
    quarter = cell(2022, 1, period="2022-Q1", label="1e kwartaal 2022")
    assert main_cells([cell(2021, 1), quarter]) == [cell(2021, 1)]
    assert main_cells([quarter]) == [quarter]


@pytest.mark.parametrize(
    ("name", "unit", "measure"),
    [
        ("Aantal woninginbraken", "aantal", "count"),
        ("% vaak overlast", "", "percent"),
        ("Hirate adrescontroles", "%", "percent"),
        ("Misdrijven per 1.000 inwoners", "", "rate"),
        ("Cijfer kwaliteit openbare ruimte (1-10)", "", "grade"),
        ("Leefbaarheid", "rapportcijfer", "grade"),
    ],
)
def test_what_kind_of_number_it_is(name: str, unit: str, measure: str) -> None:
    assert measure_of(name, unit, []) == measure


@pytest.mark.parametrize(
    ("printed", "comparator", "bare"),
    [
        ("<20%", "<", "20%"),
        ("22% *)", "", "22%"),
        ("≤ 180", "≤", "180"),
        ("4.500", "", "4.500"),
        ("volgt", "", "volgt"),
    ],
)
def test_a_number_without_its_signs(printed: str, comparator: str, bare: str) -> None:
    assert bare_number(cell(2022, 1, printed=printed, comparator=comparator)) == bare


@pytest.mark.parametrize(
    ("printed", "kind", "shown"),
    [
        ("16,9", "observation", "16,9%"),
        ("16,9%", "observation", "16,9%"),
        ("< 20", "observation", "< 20%"),
        ("22 *)", "observation", "22% *)"),
        ("10 tot 15", "target", "10 tot 15%"),
        ("volgt", "observation", "volgt"),
        ("12 keer overleg en 4 keer schouw", "observation", "12 keer overleg en 4 keer schouw"),
    ],
)
def test_a_percentage_gets_the_sign_that_its_source_left_out(printed: str, kind: str, shown: str) -> None:
    read = parse_target(printed)
    value = float((read.parts or (read,))[0].value or 0) if read.kind in ("number", "range") else None
    assert as_share(CellView("2021", printed, "normal", value=value, kind=kind)).printed == shown


@pytest.mark.parametrize(("unit", "is_one"), [("%", True), ("Procent", True), ("aantal", False), ("", False)])
def test_a_unit_may_be_that_of_percentages(unit: str, is_one: bool) -> None:
    assert is_share(unit) == is_one
