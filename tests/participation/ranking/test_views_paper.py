import re
from collections.abc import Callable

import pytest
from django.test import Client

from haarlemveilig.accounts.models import Role
from haarlemveilig.gemeente.models import PopulationCell
from haarlemveilig.gemeente.selectors import forget_cached
from participation.ranking import round_keys, services
from participation.ranking.models import OpenBallot, PaperEntry, Participation, Round
from tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
PAPER = "/werk/rondes/2026-1/papier/"
ENTRY = f"{PAPER}invoer/"
CHOICE = {"plaats-afval": "1", "plaats-jeugd": "2"}


@pytest.fixture
def round_(city: None, settings, tmp_path) -> Round:
    settings.KEY_DIR = tmp_path / "keys"
    made = factories.open_round()
    round_keys.make(made.code)
    return made


@pytest.fixture
def form(round_: Round) -> dict[str, str]:
    """What a typist sends about which form it is."""
    (code,) = services.make_codes(round_=round_, wijken=[factories.area("meerwijk")])
    return {"code": code, "volgorde": "B", "stapel": "balie, week 2"}


def hidden(page: str, button: str) -> dict[str, str]:
    """The fields of the form that has this button."""
    (found,) = [part for part in re.findall(r"<form.*?</form>", page, re.DOTALL) if button in part]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', found))
    return {name: value for name, value in fields.items() if name != "csrfmiddlewaretoken"}


def test_from_code_to_a_form_that_counts(round_: Round, form: dict[str, str], sign_in: SignIn) -> None:
    first, second = sign_in(Role.BALIE), sign_in(Role.BEHEERDER)
    page = first.post(PAPER, form).text
    assert "wijk Meerwijk" in page
    kept = first.post(ENTRY, form | CHOICE, follow=True)
    assert "De eerste invoer is bewaard" in kept.text
    assert kept.context["form"].initial["stapel"] == "balie, week 2"
    counted = second.post(ENTRY, form | CHOICE, follow=True)
    assert "Dit formulier telt mee" in counted.text
    assert OpenBallot.objects.get().ranking == "afval>jeugd"


def test_the_fields_stand_in_the_order_of_the_form(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    rows = sign_in(Role.BALIE).post(PAPER, form).context["rows"]
    assert [theme.code for theme, _place, _error in rows] == [
        "donker",
        "jeugd",
        "parkeren",
        "verkeer",
        "afval",
    ]


def test_a_code_never_stands_in_an_address(round_: Round, form: dict[str, str], sign_in: SignIn) -> None:
    answer = sign_in(Role.BALIE).post(ENTRY, form | CHOICE)
    assert answer.status_code == 302
    assert form["code"] not in answer["Location"]
    assert form["code"].replace("-", "") not in answer["Location"]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Vul de code van het formulier in."),
        ("AAAA", "Een code heeft 12 tekens. Kijk op het formulier"),
        ("AAAA-AAAA-AAAA", "Deze code hoort niet bij deze ronde."),
    ],
)
def test_a_code_that_will_not_do_gets_a_clear_answer(
    round_: Round, form: dict[str, str], sign_in: SignIn, code: str, sentence: str
) -> None:
    page = sign_in(Role.BALIE).post(PAPER, form | {"code": code}).text
    assert page.count(sentence) == 2, "in the summary and at the field"
    assert "<title>Fout:" in page
    assert 'value="balie, week 2"' in page


def test_a_form_from_a_wijk_that_does_not_take_part_is_laid_apart(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    round_.wijken.set([factories.area("parkwijk")])
    browser = sign_in(Role.BALIE)
    for page in (browser.post(PAPER, form).text, browser.post(ENTRY, form | CHOICE).text):
        assert page.count("Deze ronde is niet voor de wijk van dit formulier. Leg het apart.") == 2
    assert not PaperEntry.objects.exists()
    round_.wijken.add(factories.area("meerwijk"))
    assert "Wat staat er op het formulier?" in browser.post(PAPER, form).text


def test_an_impossible_choice_keeps_what_was_typed(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    typed = {"plaats-afval": "1", "plaats-jeugd": "1", "plaats-donker": "7"}
    page = sign_in(Role.BALIE).post(ENTRY, form | typed).text
    assert "Kies een nummer van 1 tot en met 3." in page
    assert page.count('value="1" inputmode') == 2
    assert 'value="7" inputmode' in page
    assert not PaperEntry.objects.exists()


def test_the_same_person_hears_it_before_typing_a_second_time(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    browser = sign_in(Role.BALIE)
    browser.post(ENTRY, form | CHOICE)
    assert "U voerde dit formulier zelf al in" in browser.post(PAPER, form).text
    assert "U voerde dit formulier zelf al in" in browser.post(ENTRY, form | CHOICE).text
    assert not OpenBallot.objects.exists()


@pytest.mark.parametrize(
    ("button", "counted"),
    [("Mijn invoer klopt", "donker"), ("De eerste invoer klopt", "afval>jeugd")],
)
def test_a_difference_is_shown_and_the_second_person_chooses(
    round_: Round, form: dict[str, str], sign_in: SignIn, button: str, counted: str
) -> None:
    sign_in(Role.BALIE).post(ENTRY, form | CHOICE)
    second = sign_in(Role.BEHEERDER)
    page = second.post(ENTRY, form | {"plaats-donker": "1"}).text
    assert page.count("is-different") == 3
    assert not OpenBallot.objects.exists()
    done = second.post(ENTRY, hidden(page, button), follow=True)
    assert "zoals u het op papier zag" in done.text
    assert OpenBallot.objects.get().ranking == counted


def test_saying_at_once_that_one_looked_again_shows_the_difference_all_the_same(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    sign_in(Role.BALIE).post(ENTRY, form | CHOICE)
    page = sign_in(Role.BEHEERDER).post(ENTRY, form | {"plaats-donker": "1", "nagekeken": "1"}).text
    assert "De twee invoeren verschillen." in page
    assert not OpenBallot.objects.exists()


def test_who_types_anew_is_compared_again(round_: Round, form: dict[str, str], sign_in: SignIn) -> None:
    sign_in(Role.BALIE).post(ENTRY, form | CHOICE)
    second = sign_in(Role.BEHEERDER)
    page = second.post(ENTRY, form | {"geen": "1"}).text
    again = second.post(PAPER, hidden(page, "typ opnieuw"))
    assert "Wat staat er op het formulier?" in again.text
    assert "is-different" in second.post(ENTRY, form | {"plaats-donker": "1"}).text
    assert "beide invoeren zijn gelijk" in second.post(ENTRY, form | CHOICE, follow=True).text


def test_who_voted_on_the_web_is_told_and_the_staff_choose(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    voter = services.voter_with_code(round_=round_, code=form["code"])
    services.cast(round_=round_, voter=voter, choice=services.Choice(("parkeren",)))
    browser = sign_in(Role.BALIE)
    page = browser.post(PAPER, form).text
    assert "Met deze code is al een keuze verstuurd (website)." in page
    assert "Het laatste telt." in page
    assert "parkeren&gt;" not in page
    assert not browser.post(ENTRY, form | CHOICE).has_header("Location"), "it asks first"
    browser.post(f"{PAPER}laat-staan/", hidden(page, "Laat de andere keuze staan"))
    assert OpenBallot.objects.get().ranking == "parkeren"
    for role in (browser, sign_in(Role.BEHEERDER)):
        role.post(ENTRY, form | CHOICE | {"vervangt": "1"})
    assert OpenBallot.objects.get().ranking == "afval>jeugd"
    assert Participation.objects.get().channel == "paper"


def test_the_group_is_typed_where_the_round_asks_for_it(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    Round.objects.update(asks_group=True)
    PopulationCell.objects.create(
        area=factories.area("meerwijk"), year=2024, gender="v", age_from=65, count=900
    )
    forget_cached()
    group = {"leeftijd": "65+", "geslacht": "v"}
    sign_in(Role.BALIE).post(ENTRY, form | CHOICE | group)
    assert PaperEntry.objects.get().cell == "65+/v"
    page = sign_in(Role.BEHEERDER).post(ENTRY, form | CHOICE).text
    assert "65+, v" in page
    assert page.count("is-different") == 1


def test_waiting_forms_lapse_only_with_a_reason_and_when_somebody_is_sure(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    sign_in(Role.BALIE).post(ENTRY, form | CHOICE)
    browser = sign_in(Role.BELEIDSMEDEWERKER)
    page = browser.get(f"{PAPER}vervallen/")
    assert "1 formulier wacht op een tweede invoer" in page.text
    unsure = browser.post(f"{PAPER}vervallen/", {"aantal": "1", "reden": "papier kwijt"})
    assert "Kruis aan dat u het zeker weet." in unsure.text
    assert PaperEntry.objects.exists()
    browser.post(f"{PAPER}vervallen/", {"aantal": "1", "reden": "papier kwijt", "zeker": "on"})
    assert not PaperEntry.objects.exists()


def test_a_round_without_codes_or_that_is_closed_says_that_it_takes_no_paper(
    round_: Round, sign_in: SignIn
) -> None:
    browser = sign_in(Role.BALIE)
    Round.objects.update(ways_in=["postcode"])
    assert "Deze ronde neemt geen formulieren aan" in browser.get(PAPER).text
    Round.objects.update(ways_in=["letter_code"], status="closed")
    assert "De ronde is gesloten." in browser.get(PAPER).text


def test_no_session_of_a_typist_holds_a_code_or_a_choice(
    round_: Round, form: dict[str, str], sign_in: SignIn
) -> None:
    browser = sign_in(Role.BALIE)
    browser.post(PAPER, form)
    browser.post(ENTRY, form | CHOICE)
    kept = str(dict(browser.session.items()))
    assert "afval" not in kept
    assert form["code"] not in kept
