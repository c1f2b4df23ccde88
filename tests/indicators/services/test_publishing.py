import pytest
from django.db import DatabaseError, transaction

from haarlemveilig.accounts.models import User
from haarlemveilig.audit.models import AuditEntry
from indicators.models import Indicator, Observation, Publication, Target
from indicators.selectors.publishing import fingerprint, gaps_of, news_of, unpublished_indicators
from indicators.services.observations import Figure, Origin, record_observations
from indicators.services.publishing import FiguresChanged, NotReady, publish_indicators, withdraw_indicator
from indicators.services.targets import Reading, interpret_target
from tests import factories
from tests.indicators.conftest import table, take_in

READY = {
    "definition": "Boetes die zijn gegeven.",
    "unit": "aantal",
    "owner": "Team Jeugd",
    "direction": "lower",
}


@pytest.fixture
def officer(city: None) -> User:
    take_in(table("1;Jeugd;;Boetes;Politie;1;volgt", "1;Jeugd;;Meldingen;Politie;3;4"))
    Indicator.objects.update(**READY)
    return factories.user("beleidsmedewerker")


def boetes() -> Indicator:
    return Indicator.objects.get(name="Boetes")


def printed() -> list[str]:
    return [row.printed for row in Observation.objects.published().order_by("period_start")]


def test_an_import_makes_nothing_public(officer: User) -> None:
    assert printed() == []
    publish_indicators(indicators=[boetes()], actor=officer)
    take_in(table("1;Jeugd;;Boetes;Politie;1;12"))
    assert printed() == ["1", "volgt"]


def test_readers_see_what_was_known_when_it_became_public(officer: User) -> None:
    publish_indicators(indicators=[boetes()], actor=officer)
    take_in(table("1;Jeugd;;Boetes;Politie;1;12"))
    publish_indicators(indicators=[boetes()], actor=officer)
    assert printed() == ["1", "12"]
    assert Publication.objects.filter(indicator=boetes(), published_by=officer).count() == 2
    assert AuditEntry.objects.filter(action="indicators.indicator_published").count() == 2


@pytest.mark.parametrize(
    ("field", "word"),
    [("definition", "omschrijving"), ("unit", "eenheid"), ("owner", "eigenaar")],
)
def test_the_gate_names_what_is_missing(officer: User, field: str, word: str) -> None:
    Indicator.objects.filter(name="Boetes").update(**{field: ""})
    with pytest.raises(NotReady) as refused:
        publish_indicators(indicators=Indicator.objects.all(), actor=officer)
    assert list(refused.value.gaps) == ["Boetes"]
    assert word in refused.value.gaps["Boetes"][0]
    assert not Publication.objects.exists()


def test_an_ambiguous_indicator_needs_an_explanation(officer: User) -> None:
    indicator = boetes()
    indicator.direction = "ambiguous"
    assert len(gaps_of(indicator)) == 1
    indicator.direction_note = "Meer boetes kan ook meer controle zijn."
    assert gaps_of(indicator) == ()


def test_nothing_becomes_public_that_was_not_looked_at(officer: User) -> None:
    seen = fingerprint(news_of([boetes()]))
    take_in(table("1;Jeugd;;Boetes;Politie;1;12"))
    with pytest.raises(FiguresChanged):
        publish_indicators(indicators=[boetes()], actor=officer, expected=seen)
    assert printed() == []
    publish_indicators(indicators=[boetes()], actor=officer, expected=fingerprint(news_of([boetes()])))
    assert printed() == ["1", "12"]


def test_what_readers_do_not_see_yet_is_told_cell_by_cell(officer: User) -> None:
    assert [one.name for one in unpublished_indicators()] == ["Boetes", "Meldingen"]
    publish_indicators(indicators=Indicator.objects.all(), actor=officer)
    assert list(unpublished_indicators()) == []
    take_in(table("1;Jeugd;;Boetes;Politie;1;12", header="hoofdstuk;thema;groep;indicator;bron;2019;2020\n"))
    [news] = news_of(list(unpublished_indicators()))
    assert [(cell.where, cell.was, cell.becomes) for cell in news.cells] == [("Politie, 2020", "volgt", "12")]


def test_a_new_target_is_news_too(officer: User) -> None:
    publish_indicators(indicators=Indicator.objects.all(), actor=officer)
    take_in(
        table(
            "1;Jeugd;;Boetes;Politie;≤ 9", header="hoofdstuk;thema;groep;indicator;bron;Streefwaarde 2027\n"
        )
    )
    [news] = news_of(list(unpublished_indicators()))
    assert [(cell.where, cell.was, cell.becomes) for cell in news.cells] == [
        ("Politie, streefwaarde 2027", None, "≤ 9")
    ]


TARGET = "hoofdstuk;thema;groep;indicator;bron;2027;Streefwaarde 2027\n"


def interpreted(interpretation: str, actor: User) -> None:
    target = Target.objects.current().select_related("series__indicator").get()
    interpret_target(target=target, reading=Reading(interpretation), actor=actor)


def said() -> list[str]:
    return [cell.said for news in news_of(list(unpublished_indicators())) for cell in news.cells]


def test_how_a_target_is_read_from_now_on_is_news_with_the_verdict(officer: User) -> None:
    take_in(table("1;Jeugd;;Boetes;Politie;130;125", header=TARGET))
    publish_indicators(indicators=Indicator.objects.all(), actor=officer)
    interpreted("at_most", officer)
    assert said() == [
        "125, voortaan gelezen als hoogstens 125: oordeel wordt niet behaald (was niet te beoordelen)"
    ]
    publish_indicators(indicators=Indicator.objects.all(), actor=officer)
    interpreted("at_least", officer)
    assert said() == ["125, voortaan gelezen als ten minste 125: oordeel wordt behaald (was niet behaald)"]


def test_how_a_new_target_is_read_is_news_too(officer: User) -> None:
    take_in(table("1;Jeugd;;Boetes;Politie;;125", header=TARGET))
    interpreted("at_most", officer)
    assert "nieuw: 125, gelezen als hoogstens 125: oordeel niet te beoordelen" in said()


def test_somebody_who_looked_before_a_target_was_read_looks_again(officer: User) -> None:
    take_in(table("1;Jeugd;;Boetes;Politie;130;125", header=TARGET))
    seen = fingerprint(news_of([boetes()]))
    interpreted("at_most", officer)
    assert fingerprint(news_of([boetes()])) != seen


def test_a_change_beside_the_figure_says_so(officer: User) -> None:
    publish_indicators(indicators=Indicator.objects.all(), actor=officer)
    row = Observation.objects.current().get(printed="1")
    figure = Figure("1", "provisional", row.value)
    record_observations({(row.series_id, row.period): figure}, Origin("met de hand"))
    assert said() == ["1, met een andere noot, stand of marge"]


def test_a_text_in_the_place_of_a_figure_is_marked(officer: User) -> None:
    take_in(table("1;Jeugd;;Boetes;Politie;1;ca. twaalf"))
    assert "nieuw: ca. twaalf (tekst, geen getal)" in said()


def test_withdrawing_hides_it_again_and_says_why_in_the_log(officer: User) -> None:
    publish_indicators(indicators=[boetes()], actor=officer)
    assert withdraw_indicator(indicator=boetes(), reason="De telling klopt niet.", actor=officer)
    assert not withdraw_indicator(indicator=boetes(), reason="Nog eens.", actor=officer)
    assert printed() == []
    entry = AuditEntry.objects.get(action="indicators.indicator_withdrawn")
    assert entry.details == {"reason": "De telling klopt niet."}


def test_readers_look_back_no_further_than_the_last_time_it_became_public(officer: User) -> None:
    publish_indicators(indicators=[boetes()], actor=officer)
    since = boetes().public_since
    publish_indicators(indicators=[boetes()], actor=officer)
    assert boetes().public_since == since
    withdraw_indicator(indicator=boetes(), reason="De telling klopt niet.", actor=officer)
    assert boetes().public_since is None
    publish_indicators(indicators=[boetes()], actor=officer)
    assert boetes().public_since == boetes().published_at


def test_the_database_keeps_every_publication(officer: User) -> None:
    publish_indicators(indicators=[boetes()], actor=officer)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Publication.objects.update(published_by=None)
