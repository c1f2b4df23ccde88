import datetime as dt

import pytest
from django.utils import timezone

from haarlemveilig.gemeente import selectors as gemeente
from haarlemveilig.gemeente.models import Theme
from indicators.models import Indicator, IndicatorAlias, Target
from indicators.reading_views import IndicatorPage, SeriesView
from indicators.selectors.overviews import find_indicators, overview, theme_figures, wijk_figures
from indicators.selectors.reading import end_of_day, indicator_page
from tests import factories
from tests.indicators.publishing import aim, make_series, publish, published, record, record_answers

pytestmark = pytest.mark.usefixtures("city")
WIJKEN = ("parkwijk", "slachthuiswijk", "meerwijk", "molenwijk")


def page_of(slug: str, **options: object) -> IndicatorPage:
    page = indicator_page(slug, **options)  # type: ignore[arg-type]
    assert page is not None
    return page


def only(slug: str, **options: object) -> SeriesView:
    series = page_of(slug, **options).only
    assert series is not None
    return series


def at(day: int) -> dt.datetime:
    return dt.datetime(2026, 5, day, 12, tzinfo=dt.UTC)


def wijk(slug: str) -> gemeente.WijkName:
    found = gemeente.wijk(slug)
    assert found is not None
    return found


def test_an_indicator_that_nobody_published_has_no_page() -> None:
    record(make_series("Burenruzie"), {2022: "403"})
    assert indicator_page("burenruzie") is None
    assert find_indicators("burenruzie") == []


def test_what_was_recorded_after_publication_is_not_shown() -> None:
    series = published("Burenruzie", {2021: "403"})
    record(series, {2022: "999"})
    assert only("burenruzie").answer == "Burenruzie in Haarlem: 403 in 2021."


def test_the_answer_the_figure_before_and_what_is_still_to_come() -> None:
    published("Aantal woninginbraken", {2021: "166", 2022: "246", 2023: "volgt"}, direction="lower")
    series = only("aantal-woninginbraken")
    assert series.answer == "In 2022 waren er 246 woninginbraken in Haarlem."
    assert series.comparison == "Dat is meer dan in 2021 (166)."
    assert series.remarks == ("Het cijfer over 2023 volgt nog.",)
    assert series.better == "worse"
    assert [row.label for row in series.rows] == ["2023", "2022", "2021"]
    assert series.chart is not None
    assert [point.state for point in series.chart.lines[0].points] == ["known", "known", "pending"]


def test_without_a_direction_set_by_a_person_nothing_gets_a_colour() -> None:
    series = published("Boetes", {2021: "4", 2022: "16"})
    aim(series, {2022: "≤ 10"})
    publish(series)
    shown = only("boetes")
    assert shown.better == ""
    assert [target.tone for target in shown.targets] == ["neutral"]


def test_two_sources_under_one_name_stay_apart() -> None:
    of_police = make_series("Meldingen jeugdoverlast", "politie")
    of_city = make_series("Meldingen jeugdoverlast", "gemeente")
    record(of_police, {2022: "981"})
    record(of_city, {2022: "1024"})
    publish(of_police)
    page = page_of("meldingen-jeugdoverlast")
    assert page.only is None
    assert [(one.source, one.in_short) for one in page.series] == [
        ("gemeente", "1024 in 2022"),
        ("politie", "981 in 2022"),
    ]


def test_a_target_has_its_verdict_and_rule() -> None:
    series = published("Aantal woninginbraken", {2022: "246"}, direction="lower")
    aim(series, {2022: "≤ 180"})
    publish(series)
    (target,) = only("aantal-woninginbraken").targets
    assert (target.word, target.tone) == ("niet behaald", "danger")
    assert "180" in target.rule


def test_a_target_is_judged_by_what_readers_see() -> None:
    for area, text in {"haarlem": "45", "parkwijk": "3", "meerwijk": "12", "molenwijk": "30"}.items():
        series = make_series("Overvallen", area=area, is_sensitive=True)
        record(series, {2022: text})
        aim(series, {2022: "≤ 10"})
    publish(series)
    (target,) = only("overvallen", wijk=wijk("parkwijk")).targets
    assert target.word == "niet te beoordelen"
    assert "3" not in target.rule.replace("2022", "")
    assert only("overvallen").targets[0].word == "niet behaald"


def test_a_target_that_a_person_read_is_judged_without_naming_the_person() -> None:
    series = published("Bezoeken", {2022: "246"}, direction="higher")
    officer = factories.user("beleidsmedewerker")
    Target.objects.create(
        series=series, period_start="2022-01-01", period_end="2022-12-31", value=200, printed="200",
        provenance="toets", interpretation="at_least", interpreted_by=officer, interpreted_at=timezone.now(),
    )  # fmt: skip
    publish(series)
    (target,) = only("bezoeken").targets
    assert target.word == "behaald"
    assert officer.name not in target.rule
    assert "de gemeente" in target.rule


def test_a_cell_that_changed_tells_its_history() -> None:
    series = make_series("Meldingen geluidsoverlast")
    for day, text, why in ((1, "volgt", ""), (15, "12", ""), (20, "13", "één melding erbij")):
        record(series, {2022: text}, at(day), why)
        publish(series, when=at(day))
    assert only("meldingen-geluidsoverlast").revisions == (
        "Cijfer over 2022: eerst ‘volgt’; 12 op 15 mei 2026; 13 op 20 mei 2026 (één melding erbij).",
    )


def test_a_version_that_no_reader_saw_is_not_told() -> None:
    series = make_series("Meldingen geluidsoverlast")
    for day, text in ((1, "volgt"), (15, "99"), (20, "13")):
        record(series, {2022: text}, at(day))
        if text != "99":
            publish(series, when=at(day))
    (text,) = only("meldingen-geluidsoverlast").revisions
    assert "99" not in text


def test_a_day_in_the_past_shows_what_readers_saw_then() -> None:
    series = make_series("Meldingen geluidsoverlast")
    for day, text in ((1, "volgt"), (15, "12"), (20, "13")):
        record(series, {2022: text}, at(day))
        publish(series, when=at(day))
    then = only("meldingen-geluidsoverlast", on=dt.date(2026, 5, 16))
    assert then.in_short == "12 in 2022"
    assert then.revisions == ("Cijfer over 2022: eerst ‘volgt’; 12 op 15 mei 2026.",)
    assert page_of("meldingen-geluidsoverlast", on=dt.date(2026, 4, 30)).series == ()


def test_what_was_withdrawn_does_not_come_back_with_a_later_publication() -> None:
    series = make_series("Meldingen geluidsoverlast")
    record(series, {2022: "99"}, at(1))
    publish(series, when=at(2))
    record(series, {2022: "13"}, at(15), "99 was de telling van een andere wijk")
    Indicator.objects.update(published_at=None, public_since=at(20))
    publish(series, when=at(20))
    assert only("meldingen-geluidsoverlast").revisions == ()
    assert page_of("meldingen-geluidsoverlast", on=dt.date(2026, 5, 10)).series == ()
    assert only("meldingen-geluidsoverlast", on=dt.date(2026, 5, 20)).in_short == "13 in 2022"


def test_the_end_of_a_day_is_that_of_the_municipality() -> None:
    assert (
        timezone.localtime(end_of_day(dt.date(2026, 6, 1))).isoformat() == "2026-06-01T23:59:59.999999+02:00"
    )


# --- wijken ---------------------------------------------------------------------------------------
def burglaries_per_wijk(**fields: object) -> None:
    made = [make_series("Inbraak", area=slug, **fields) for slug in WIJKEN]  # type: ignore[arg-type]
    for series, text in zip(made, ("12", "8", "3", "40"), strict=True):
        record(series, {2023: "10", 2024: text})
    publish(made[0])


def test_the_wijken_stand_on_the_map_and_in_a_table_by_name() -> None:
    burglaries_per_wijk()
    (table,) = page_of("inbraak").areas
    assert [row.name for row in table.rows] == ["Meerwijk", "Molenwijk", "Parkwijk", "Slachthuiswijk"]
    assert table.periods == ("2023", "2024")
    assert {tile.name: (tile.value_text, tile.level) for tile in table.tiles} == {
        "Parkwijk": ("12", 2),
        "Slachthuiswijk": ("8", 1),
        "Meerwijk": ("3", 1),
        "Molenwijk": ("40", 5),
    }
    assert all(tile.href.startswith("/cijfers/inbraak/?wijk=") for tile in table.tiles)


def test_wijken_with_some_years_each_stand_beside_each_other_on_one_scale() -> None:
    for area, years in {"parkwijk": 3, "meerwijk": 4, "molenwijk": 2}.items():
        published("Inbraak", {2022 + year: str(year + 6) for year in range(years)}, area=area)
    (table,) = page_of("inbraak").areas
    assert table.course is not None
    assert [line.label for line in table.course.charts] == ["Meerwijk", "Parkwijk"]
    assert [point.label for point in table.course.charts[1].points] == ["2022", "2023", "2024", "2025"]
    assert table.course.charts[1].points[-1].state == "missing"
    assert page_of("inbraak", wijk=wijk("parkwijk")).areas[0].course is None


def test_a_single_wijk_or_two_years_give_no_small_lines() -> None:
    published("Inbraak", {2022: "7", 2023: "8", 2024: "9"}, area="parkwijk")
    published("Inbraak", {2023: "8", 2024: "9"}, area="meerwijk")
    assert page_of("inbraak").areas[0].course is None


def test_where_most_wijken_are_hidden_there_are_no_small_lines() -> None:
    for area, text in zip(WIJKEN, ("3", "4", "2", "0"), strict=True):
        published("Straatroof", dict.fromkeys((2022, 2023, 2024), text), area=area, is_sensitive=True)
    assert page_of("straatroof").areas[0].course is None


def test_a_survey_has_bars_with_margins_and_none_for_few_answers() -> None:
    for area, n in {"parkwijk": 400, "meerwijk": 150, "molenwijk": 99, "slachthuiswijk": 12}.items():
        series = make_series("Voelt zich onveilig", "Omnibus", area, kind="survey")
        for year in (2021, 2022, 2023):
            record_answers(series, year, 20, n)
    publish(series)
    (table,) = page_of("voelt-zich-onveilig", wijk=wijk("parkwijk")).areas
    assert table.bars is not None
    assert [(bar.label, bar.emphasis, bar.low) for bar in table.bars.bars] == [
        ("Meerwijk", False, 17),
        ("Parkwijk", True, 17),
    ]
    assert table.course is None


def test_where_all_coloured_wijken_say_the_same_the_legend_says_what() -> None:
    for area in WIJKEN[:2]:
        published("Inbraak", {2024: "0"}, area=area)
    assert page_of("inbraak").areas[0].legend[0] == (1, "0")


def test_small_counts_of_a_sensitive_indicator_are_hidden_on_the_map_with_the_reason() -> None:
    burglaries_per_wijk(is_sensitive=True)
    (table,) = page_of("inbraak").areas
    hidden = next(tile for tile in table.tiles if tile.name == "Meerwijk")
    assert (hidden.value_text, hidden.level, hidden.hint) == ("–", 0, "niet getoond")
    assert any("Minder dan 5" in why for _word, why in table.notes)
    assert (0, "geen cijfer te tonen: de reden staat in de tabel") in table.legend


def test_a_wijk_has_its_own_answer_and_an_unknown_one_falls_back_to_the_city() -> None:
    burglaries_per_wijk()
    page = page_of("inbraak", wijk=wijk("parkwijk"))
    assert page.wijk == "parkwijk"
    assert only("inbraak", wijk=wijk("parkwijk")).answer == "Inbraak in Parkwijk: 12 in 2024."
    published("Burenruzie", {2022: "403"})
    assert page_of("burenruzie", wijk=wijk("parkwijk")).wijk == ""


def survey_per_wijk() -> None:
    made = [
        make_series("% voelt zich onveilig", "Enquête", area, kind="survey", slug="onveilig", unit="%")
        for area in ("haarlem", *WIJKEN)
    ]
    for series, n in zip(made, (1500, 5, 18, 60, 400), strict=True):
        record_answers(series, 2025, 24, n)
    publish(made[0])


def test_the_fewer_answered_the_less_a_survey_says() -> None:
    survey_per_wijk()
    (table,) = page_of("onveilig").areas
    rows = {row.name: (row.figures, row.n, row.margin) for row in table.rows}
    assert rows == {
        "Parkwijk": (("niet getoond",), None, ""),
        "Slachthuiswijk": (("niet getoond",), 18, ""),
        "Meerwijk": (("24%",), 60, "21–27%"),
        "Molenwijk": (("24%",), 400, "21–27%"),
    }


def test_few_answers_get_no_class_on_the_map() -> None:
    survey_per_wijk()
    (table,) = page_of("onveilig").areas
    assert {tile.name: tile.level for tile in table.tiles} == {
        "Parkwijk": 0, "Slachthuiswijk": 0, "Meerwijk": 0, "Molenwijk": 3,
    }  # fmt: skip


def test_a_share_of_a_wijk_stands_beside_that_of_the_city_with_both_margins() -> None:
    survey_per_wijk()
    series = only("onveilig", wijk=wijk("molenwijk"))
    assert series.city == "24% (marge 21–27%)"
    assert series.remarks == ("400 mensen gaven antwoord. Door toeval kan dit ook 21–27% zijn.",)
    assert series.chart is not None
    assert [line.label for line in series.chart.lines] == ["Molenwijk", "Haarlem"]


def test_a_count_of_a_wijk_is_not_drawn_beside_the_city() -> None:
    series = [make_series("Inbraak", area=slug) for slug in ("haarlem", "parkwijk")]
    for one, text in zip(series, ("400", "12"), strict=True):
        record(one, {2023: text, 2024: text})
    publish(series[0])
    shown = only("inbraak", wijk=wijk("parkwijk"))
    assert shown.city == "400"
    assert shown.chart is not None
    assert len(shown.chart.lines) == 1


# --- ways to a figure -----------------------------------------------------------------------------
def test_names_aliases_and_definitions_are_searched_before_themes() -> None:
    theme = Theme.objects.get(code="jeugd")
    published("Overlast", {2022: "1"}, theme=theme)
    published("Meldingen", {2022: "1"}, definition="Over jeugd op straat.")
    assert [one.name for one in find_indicators("jeugd")] == ["Meldingen"]
    IndicatorAlias.objects.create(indicator=Indicator.objects.get(name="Overlast"), name="Rondhangen")
    assert [one.name for one in find_indicators("rondhangen")] == ["Overlast"]
    Indicator.objects.filter(name="Meldingen").update(definition="")
    assert [one.name for one in find_indicators("jeugd")] == ["Overlast"]


def test_a_theme_shows_what_the_city_counts_and_what_only_wijken_count() -> None:
    theme = Theme.objects.get(code="jeugd")
    published("Overlast", {2021: "3", 2022: "5"}, theme=theme)
    published("Inbraak", {2024: "12"}, theme=theme, area="parkwijk")
    figures = theme_figures(theme)
    assert [(line.name, line.figure, line.change) for line in figures.lines] == [
        ("Overlast", "5", "Dat is meer dan in 2021 (3).")
    ]
    assert [one.name for one in figures.wijk_only] == ["Inbraak"]
    assert [(entry.code, entry.count) for entry in overview().themes] == [("jeugd", 2)]


def test_a_wijk_has_its_figures_beside_the_city_by_theme() -> None:
    youth, waste = Theme.objects.get(code="jeugd"), Theme.objects.get(code="afval")
    for area, text in (("haarlem", "400"), ("parkwijk", "12"), ("meerwijk", "7")):
        published("Inbraak", {2024: text}, theme=youth, area=area)
    published("Overlast afval", {2022: "140"}, theme=waste)
    of_waste, of_youth = wijk_figures(wijk("parkwijk"))
    assert [line.name for line in of_waste.city_only] == ["Overlast afval"]
    assert [(line.figure, line.city) for line in of_youth.lines] == [("12", "Hele stad: 400.")]
    assert of_youth.city_only == ()


def test_a_percentage_is_printed_with_its_sign_on_every_page_also_where_the_source_left_it_out() -> None:
    series = published("Voelt zich onveilig", {2021: "16,9", 2022: "volgt"}, unit="%", source="Monitor")
    record(series, {2022: "17,2"}, why="nagekomen")
    publish(series)
    page = only("voelt-zich-onveilig")
    assert page.answer == "Voelt zich onveilig in Haarlem: 17,2% in 2022."
    assert page.comparison == "Dat is hoger dan in 2021 (16,9%)."
    assert [row.figure for row in page.rows] == ["17,2%", "16,9%"]
    assert "17,2% op" in page.revisions[0]
    [theme] = wijk_figures(wijk("parkwijk"))
    assert [line.figure for line in theme.city_only] == ["17,2%"]
