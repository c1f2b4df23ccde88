import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.aims import Aim, Outcome
from indicators.cells import parse, parse_target, print_number
from indicators.limits import Stretch, stretch_of
from indicators.periods import Period
from indicators.verdicts import judge

YEAR = Period.of_year(2027)
READ: dict[str, Any] = {"interpreted_by": "Anna de Vries", "interpreted_on": dt.date(2027, 3, 3)}


def aim(printed: str, year: int = 2027, **fields: Any) -> Aim:
    """A target as an import stores it."""
    cell = parse_target(printed)
    near, far = cell.parts if cell.kind == "range" else (cell, None)
    said: dict[str, Any] = {
        "value": near.value,
        "value_high": far.value if far else None,
        "comparator": cell.comparator,
        "parts": _parts(cell),
        "status": {"text": "text_only", "pending": "pending", "blank": "unknown"}.get(cell.kind, "normal"),
    }
    return Aim(Period.of_year(year), printed, **(said | fields))


def outcome(printed: str, **fields: Any) -> Outcome:
    cell = parse(printed)
    said: dict[str, Any] = {
        "value": cell.value,
        "comparator": cell.comparator,
        "parts": _parts(cell),
        "status": {"text": "text_only", "pending": "pending", "blank": "unknown"}.get(cell.kind, "normal"),
    }
    return Outcome(YEAR, printed, **(said | fields))


def _parts(cell: Any) -> tuple[tuple[Decimal, str], ...]:
    if cell.kind != "composite":
        return ()
    return tuple((part.value, part.unit) for part in cell.parts)


def said(target: Aim, figure: Outcome | None) -> tuple[str, str]:
    verdict = judge(target, figure)
    return verdict.code, verdict.rule


# --- one number -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("target", "figure", "code", "rule"),
    [
        ("≤ 180", "246", "not_met", "246 is meer dan de streefwaarde van hoogstens 180: niet behaald."),
        ("<180", "190", "not_met", "190 voldoet niet aan de streefwaarde van minder dan 180: niet behaald."),
        (">75%", "74%", "not_met", "74% voldoet niet aan de streefwaarde van meer dan 75%: niet behaald."),
        ("≤180", "180", "met", "180 voldoet aan de streefwaarde van hoogstens 180: behaald."),
        ("<180", "180", "not_met", "180 voldoet niet aan de streefwaarde van minder dan 180: niet behaald."),
        ("< 4.500", "4.499", "met", "4.499 voldoet aan de streefwaarde van minder dan 4.500: behaald."),
        ("≥75%", "74% *)", "not_met", "74% is minder dan de streefwaarde van ten minste 75%: niet behaald."),
        ("> 75%", "75,5%", "met", "75,5% voldoet aan de streefwaarde van meer dan 75%: behaald."),
        ("6,5 tot 7,0", "6,5", "met", "6,5 voldoet aan de streefwaarde van 6,5 tot 7,0: behaald."),
        ("6,5-7,0 *)", "7,1", "not_met", "7,1 is meer dan de streefwaarde van 6,5-7,0: niet behaald."),
        (
            "tussen 10 en 20%", "9%", "not_met",
            "9% is minder dan de streefwaarde van tussen 10 en 20%: niet behaald.",
        ),
    ],
)  # fmt: skip
def test_a_verdict_carries_its_rule_with_the_printed_figures(
    target: str, figure: str, code: str, rule: str
) -> None:
    assert said(aim(target), outcome(figure)) == (code, rule)


def test_an_equals_sign_asks_for_just_that_number() -> None:
    target = aim("12", comparator="=")
    assert said(target, outcome("12"))[0] == "met"
    assert said(target, outcome("13")) == (
        "not_met", "13 is meer dan de streefwaarde van precies 12: niet behaald."
    )  # fmt: skip


def test_a_target_without_comparator_waits_for_a_named_person() -> None:
    target = aim("6.500")
    assert target.waits_for_a_person
    assert said(target, outcome("6.800")) == (
        "not_assessable",
        "Niet te beoordelen: er staat geen ‘hoogstens’ of ‘ten minste’ bij de streefwaarde. Er komt pas"
        " een oordeel als iemand zegt hoe we de streefwaarde moeten lezen.",
    )


def test_the_rule_says_who_read_the_target_and_when() -> None:
    target = aim("6.500", interpretation="at_most", **READ)
    assert not target.waits_for_a_person
    assert said(target, outcome("6.800")) == (
        "not_met",
        "6.800 is meer dan de streefwaarde van hoogstens 6.500: niet behaald."
        " Zo gelezen door Anna de Vries op 3 maart 2027.",
    )


def test_a_number_that_a_person_read_in_a_text_counts() -> None:
    text = aim("maximaal 6.500 meldingen")
    assert text.waits_for_a_person
    assert "de streefwaarde is tekst" in judge(text, outcome("1")).rule
    read = replace(text, value=Decimal("6500.000000"), status="normal", interpretation="at_most", **READ)
    assert judge(read, outcome("6.400")).rule.startswith(
        "6.400 voldoet aan de streefwaarde van hoogstens 6.500: behaald."
    )


def test_about_is_no_limit_until_somebody_says_so() -> None:
    target = aim("ca. 40%")
    assert target.waits_for_a_person
    assert judge(target, outcome("41%")).rule.startswith("Niet te beoordelen: ‘ca. 40%’ is geen vaste grens.")
    read = replace(target, interpretation="at_least", **READ)
    assert judge(read, outcome("41%")).rule.startswith("41% voldoet aan de streefwaarde van ten minste 40%")


def test_a_target_in_words_is_left_to_a_person() -> None:
    target = aim("merkbaar rustiger", criterion="Minder dan tien bewoners klagen in de zomer.")
    assert not target.waits_for_a_person
    assert said(target, outcome("12")) == (
        "not_assessable",
        "Niet te beoordelen met een getal. Een mens kijkt hiernaar: Minder dan tien bewoners klagen in de zomer.",
    )
    for criterion in ("Niet meetbaar, want niemand telt dit.", "Niet meetbaar, want niemand telt dit"):
        rule = judge(aim("merkbaar rustiger", criterion=criterion), None).rule
        assert rule == "Niet te beoordelen: niet meetbaar, want niemand telt dit."


def test_a_target_that_is_still_to_come_waits() -> None:
    assert said(aim("volgt"), outcome("12"))[1] == (
        "Nog niet te beoordelen: de streefwaarde van 2027 volgt nog."
    )


# --- the figure -------------------------------------------------------------------------------------
@pytest.mark.parametrize("figure", [None, outcome("volgt")])
def test_a_year_without_a_figure_is_not_judged_yet(figure: Outcome | None) -> None:
    assert said(aim("≤180"), figure) == (
        "not_assessable", "Nog niet te beoordelen: het cijfer van 2027 is er nog niet."
    )  # fmt: skip


def test_a_missing_figure_gives_its_reason() -> None:
    figure = outcome("22% (24%)", reason="In de bron staan twee getallen.")
    assert judge(aim("≤20%"), figure).rule == (
        "Niet te beoordelen: er is geen cijfer van 2027. In de bron staan twee getallen."
    )


@pytest.mark.parametrize(
    ("target", "figure", "code"),
    [
        ("≤25%", "<20%", "met"),
        ("≤15%", "<20%", "not_assessable"),
        ("≥20%", "<20%", "not_met"),
        ("≤20%", ">20%", "not_met"),
        ("<20%", "≤20%", "not_assessable"),
        ("≤25", "ca. 20", "not_assessable"),
    ],
)
def test_a_figure_with_a_comparator_is_judged_only_where_it_is_certain(
    target: str, figure: str, code: str
) -> None:
    assert said(aim(target), outcome(figure))[0] == code


def test_a_percentage_is_not_compared_with_a_number() -> None:
    assert said(aim("≤20"), outcome("12%")) == (
        "not_assessable", "Niet te beoordelen: het cijfer is een percentage en de streefwaarde niet."
    )  # fmt: skip
    assert said(aim("≤20%"), outcome("12"))[1].endswith(
        "de streefwaarde is een percentage en het cijfer niet."
    )
    assert said(aim("≤20%"), outcome("12", unit="%"))[0] == "met"


def test_a_target_within_the_margin_of_a_survey_is_not_judged() -> None:
    margin = {"low": Decimal("49.0"), "high": Decimal(55)}
    assert said(aim("≥50%"), outcome("52%", **margin)) == (
        "not_assessable",
        "Niet te beoordelen: 52% komt uit een steekproef. Het echte cijfer kan ook tussen 49% en 55% liggen."
        " Dan is niet zeker of het voldoet aan de streefwaarde van ten minste 50%.",
    )
    assert said(aim("≥49%"), outcome("52%", **margin))[0] == "met"
    assert said(aim("≥56%"), outcome("52%", **margin))[0] == "not_met"


# --- composites -------------------------------------------------------------------------------------
def both(printed: str) -> Aim:
    return aim(printed, interpretation="at_least", **READ)


def test_a_composite_is_met_only_if_all_parts_are() -> None:
    target = both("12 keer overleg en 4 keer schouw")
    assert said(target, outcome("12 keer overleg en 5 keer schouw"))[0] == "met"
    assert said(target, outcome("11 keer overleg en 3 keer schouw"))[0] == "not_met"
    assert said(target, outcome("12 keer overleg en 3 keer schouw")) == (
        "partly",
        "12 keer overleg voldoet aan ten minste 12 en 3 keer schouw is minder dan 4: deels behaald."
        " Behaald is het pas als elk onderdeel is gehaald. Zo gelezen door Anna de Vries op 3 maart 2027.",
    )


def test_parts_are_matched_by_their_words_and_not_by_their_place() -> None:
    target = both("12 keer overleg en 4 keer schouw")
    assert said(target, outcome("4 keer schouw en 12 keer overleg"))[0] == "met"


@pytest.mark.parametrize(
    ("figure", "why"),
    [
        ("12 keer overleg en 4 keer toezicht", "‘keer schouw’ staat niet bij het cijfer"),
        ("16", "de streefwaarde bestaat uit meer getallen en het cijfer niet"),
        ("12 keer overleg en 4 keer schouw en 1 keer schouw", "dezelfde woorden"),
    ],
)
def test_a_composite_with_other_parts_is_not_judged(figure: str, why: str) -> None:
    code, rule = said(both("12 keer overleg en 4 keer schouw"), outcome(figure))
    assert code == "not_assessable"
    assert why in rule


def test_a_composite_figure_is_not_compared_with_one_number() -> None:
    rule = judge(aim("≤12"), outcome("12 keer overleg en 4 keer schouw")).rule
    assert "het cijfer bestaat uit meer getallen en de streefwaarde niet" in rule


# --- remarks ----------------------------------------------------------------------------------------
def remarks(target: Aim, figure: Outcome | None = None, **more: Any) -> tuple[str, ...]:
    return judge(target, figure, **more).remarks


def test_a_target_weaker_than_the_year_before_gets_a_remark() -> None:
    weaker = "Deze streefwaarde is minder streng dan die van 2026 (≤ 180)."
    assert remarks(aim("≤ 200"), previous=aim("≤ 180", 2026)) == (weaker,)
    assert remarks(aim("≤ 180"), previous=aim("≤ 200", 2026)) == ()
    assert remarks(aim("6,0 tot 7,5"), previous=aim("6,5 tot 7,0", 2026)) != ()


def test_direction_tells_a_weaker_target_where_the_target_itself_does_not() -> None:
    target, before = aim("130"), aim("125", 2026)
    assert "minder streng" in remarks(target, outcome("1"), previous=before, direction="lower")[0]
    assert remarks(target, outcome("1"), previous=before, direction="higher") == ()
    assert remarks(target, outcome("1"), previous=before, direction="ambiguous") == ()


@pytest.mark.parametrize(
    ("year", "without"),
    [(2026, None), (2025, "2026"), (2024, "2025 en 2026"), (2022, "2023 tot en met 2026")],
)
def test_years_without_a_target_are_named(year: int, without: str | None) -> None:
    expected = (f"Voor {without} is er geen streefwaarde.",) if without else ()
    assert remarks(aim("≤ 180"), previous=aim("≤ 180", year)) == expected


def test_a_baseline_or_figure_of_another_year_gets_a_remark() -> None:
    baseline = Outcome(Period.of_year(2021), "812", Decimal(812), measured=Period.of_year(2020))
    figure = outcome("150", measured=Period.of_month(2026, 11))
    assert remarks(aim("≤ 180"), figure, baseline=baseline) == (
        "De nulmeting van 2021 is gemeten in 2020.",
        "Het cijfer van 2027 is gemeten in november 2026.",
    )
    assert remarks(aim("≤ 180"), outcome("150", measured=Period.of_month(2027, 11))) == ()


def test_a_provisional_figure_gets_a_remark() -> None:
    assert remarks(aim("≤ 180"), outcome("150", status="provisional")) == (
        "Het cijfer is voorlopig. Het oordeel kan nog veranderen.",
    )


def test_a_target_that_waits_for_a_person_also_says_that_its_figure_is_not_there() -> None:
    assert remarks(aim("180")) == ("Het cijfer van 2027 is er ook nog niet.",)
    assert remarks(aim("≤180")) == ()


# --- properties -------------------------------------------------------------------------------------
NUMBERS = st.integers(0, 400).map(lambda tenths: Decimal(tenths) / 10)
READINGS = st.sampled_from(["<", ">", "≤", "≥", "="])


def target_of(comparator: str, value: Decimal) -> Aim:
    return Aim(YEAR, f"{comparator}{print_number(value, 1)}", value, comparator=comparator)


def figure_of(value: Decimal, comparator: str = "") -> Outcome:
    return Outcome(YEAR, f"{comparator}{print_number(value, 1)}", value, comparator)


@given(READINGS, NUMBERS, NUMBERS)
def test_an_exact_figure_always_has_a_verdict_and_its_word_stands_in_the_rule(
    comparator: str, wanted: Decimal, value: Decimal
) -> None:
    verdict = judge(target_of(comparator, wanted), figure_of(value))
    assert verdict.code in ("met", "not_met")
    assert verdict.rule.endswith(f": {verdict.word}.")


@given(READINGS, NUMBERS, NUMBERS, NUMBERS)
def test_a_looser_target_never_turns_met_into_not_met(
    comparator: str, wanted: Decimal, value: Decimal, more: Decimal
) -> None:
    if comparator == "=":
        looser = Aim(YEAR, "bereik", wanted - more, wanted + more)
    else:
        looser = target_of(comparator, wanted + more if comparator in "<≤" else wanted - more)
    if judge(target_of(comparator, wanted), figure_of(value)).code == "met":
        assert judge(looser, figure_of(value)).code == "met"


@given(READINGS, READINGS, NUMBERS, NUMBERS, NUMBERS)
def test_a_figure_with_a_comparator_gets_no_verdict_that_its_true_value_would_not_get(
    asked: str, comparator: str, wanted: Decimal, value: Decimal, true: Decimal
) -> None:
    reading = {
        "<": true < value,
        ">": true > value,
        "≤": true <= value,
        "≥": true >= value,
        "=": true == value,
    }
    verdict = judge(target_of(asked, wanted), figure_of(value, comparator))
    if reading[comparator] and verdict.code != "not_assessable":
        assert verdict.code == judge(target_of(asked, wanted), figure_of(true)).code


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=4))
def test_a_composite_is_met_exactly_if_all_its_parts_are(pairs: list[tuple[Decimal, Decimal]]) -> None:
    words = ["keer overleg", "keer schouw", "brieven", "bezoeken"]
    wanted = tuple((value, word) for (value, _measured), word in zip(pairs, words, strict=False))
    measured = tuple((value, word) for (_wanted, value), word in zip(pairs, words, strict=False))
    target = Aim(YEAR, "delen", parts=wanted, status="composite", interpretation="at_least", **READ)
    met = [judge(target_of("≥", value), figure_of(found)).code == "met" for value, found in pairs]
    expected = "met" if all(met) else "partly" if any(met) else "not_met"
    assert judge(target, Outcome(YEAR, "delen", parts=measured, status="composite")).code == expected


@given(st.sampled_from(["below", "above", "at_most", "at_least", "exactly"]), NUMBERS, NUMBERS)
def test_nothing_lies_both_within_and_outside(reading: str, limit: Decimal, value: Decimal) -> None:
    one, other = Stretch(value, value), stretch_of(reading, limit)
    assert one.lies_within(other) + one.lies_above(other) + one.lies_below(other) == 1
