"""Who may open what, over every address of the site. A new page must be put into one of the two tables."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from haarlemveilig.accounts.middleware import PRIVATE
from haarlemveilig.accounts.models import User
from tests import factories

SignIn = Callable[[User | str], Client]

# Open to everybody. Whatever stands here needs no account and shows nothing that is not public.
PUBLIC = {
    "",
    "wijken/",
    "wijken/<slug:slug>/",
    "wat-is-ermee-gedaan/",
    "privacy/",
    "toegankelijkheid/",
    "gezond/",
    ".well-known/security.txt",
    "robots.txt",
    "doe-mee/",
    "doe-mee/code/",
    "doe-mee/e-mail/",
    "doe-mee/e-mail/code/",
    "doe-mee/e-mail/nieuwe-code/",
    "doe-mee/inloggen/",
    "doe-mee/ingelogd/",
    "doe-mee/andere-wijk/<slug:slug>/",
    "l/<str:code>/",
    "l/<str:code>",
    "doe-mee/stembiljet/",
    "doe-mee/stembiljet/woorden/",
    "doe-mee/geteld/",
    "doe-mee/volgende/",
    "doe-mee/bewijs/",
    "uitslag/",
    "uitslag/<slug:code>/",
    "uitslag/<slug:code>/vergelijk/",
    "uitslag/<slug:code>/bestanden/",
    "uitslag/<slug:code>/bestanden/<str:name>",
    "uitslag/<slug:code>/pdf/",
    "uitslag/<slug:code>/<slug:slug>/",
    "uitslag/<slug:code>/natellen/",
    "wijkgesprekken/<uuid:meeting_id>/",
    "cijfers/",
    "cijfers/thema/<slug:code>/",
    "cijfers/<slug:slug>/",
    "wijken/<slug:slug>/cijfers/",
    "cijfers/<slug:slug>.csv",
    "cijfers/<slug:slug>.csv-metadata.json",
    "cijfers/<slug:slug>.xlsx",
    "cijfers/<slug:slug>.ods",
    "cijfers/tabellen/<uuid:table_id>.csv",
    "cijfers/tabellen/<uuid:table_id>.csv-metadata.json",
    "cijfers/tabellen/<uuid:table_id>.xlsx",
    "cijfers/tabellen/<uuid:table_id>.ods",
    "open-data/",
    "open-data/catalogus.jsonld",
    "api/v1",
    "api/v1/",
    "api/v1/openapi.json",
    "api/v1/indicatoren",
    "api/v1/indicatoren/<slug:slug>",
    "api/v1/reeksen",
    "api/v1/reeksen/<int:series_id>",
    "api/v1/bronnen",
    "api/v1/gebieden",
    "api/v1/themas",
    "api/v1/<path:rest>",
    "actieprogramma/",
    "actieprogramma/<int:year>/",
    "actieprogramma/<int:year>/pdf/",
    "actieprogramma/<int:year>/<uuid:block_id>/",
    "actieprogramma/<int:year>/<slug:slug>/",
    # Ways in, and back in.
    "account/login/",
    "account/login/code/",
    "account/login/code/confirm/",
    "account/logout/",
    "account/inactive/",
    "account/signup/",
    "account/confirm-email/",
    r"account/^confirm-email/(?P<key>[-:\w]+)/$",
    "account/password/reset/",
    "account/password/reset/done/",
    "account/password/reset/key/done/",
    r"account/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "account/2fa/authenticate/",
    "account/3rdparty/login/cancelled/",
    "account/3rdparty/signup/",
    "account/oidc/^(?P<provider_id>[^/]+)/login/",
    "account/oidc/^(?P<provider_id>[^/]+)/login/callback/",
    "beheer/login/",
}

INSIDERS = {
    "balie", "beheerder", "beleidsmedewerker", "communicatie", "griffie", "redacteur", "wijkprofessional",
}  # fmt: skip
FIGURE_EDITORS = {"beleidsmedewerker", "redacteur", "beheerder"}
COLLEAGUES = {"vrijwilliger", "partner"} | INSIDERS
FIGURE_PUBLISHERS = {"beleidsmedewerker", "communicatie", "beheerder"}
ROUND_RUNNERS = {"beleidsmedewerker", "beheerder"}
MODERATORS = {"beleidsmedewerker", "redacteur", "communicatie"}
SET_UP_SURVEYS = {"beleidsmedewerker", "wijkprofessional", "beheerder"}
ASSIST = {"balie", "beheerder"}
CAST = {"buitenstaander", "bewoner", "raadslid"} | COLLEAGUES

# The workplace: who may do this. Where a page also takes what somebody sends, both stand here.
MAY = {
    "GET werk/": COLLEAGUES,
    "GET stijl/": COLLEAGUES,
    "GET werk/rondes/": INSIDERS,
    "GET werk/rondes/<slug:code>/": INSIDERS,
    "GET werk/rondes/nieuw/": ROUND_RUNNERS,
    "POST werk/rondes/nieuw/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/bewerken/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/bewerken/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/voorbeeld/": INSIDERS,
    "POST werk/rondes/<slug:code>/voorbeeld/": INSIDERS,
    "GET werk/rondes/<slug:code>/einde/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/einde/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/verder/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/opvallend/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/opvallend/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/opvallend/bevestigen/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/nakijken/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/toelichtingen/": MODERATORS,
    "POST werk/rondes/<slug:code>/toelichtingen/<int:remark_id>/": MODERATORS,
    "GET werk/rondes/<slug:code>/steekproef/": {"griffie"},
    "POST werk/rondes/<slug:code>/steekproef/": {"griffie"},
    "GET werk/rondes/<slug:code>/steekproef/<int:audit_id>/": {"griffie"},
    "POST werk/rondes/<slug:code>/steekproef/<int:audit_id>/<int:row_id>/": {"griffie"},
    "GET werk/rondes/<slug:code>/codes/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/codes/nieuw/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/codes/nieuw/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/codes/<uuid:batch_id>/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/codes/<uuid:batch_id>/bestand/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/helpen/": ASSIST,
    "POST werk/rondes/<slug:code>/helpen/": ASSIST,
    "POST werk/rondes/<slug:code>/helpen/klaar/": ASSIST,
    "GET werk/rondes/<slug:code>/papier/": ASSIST,
    "POST werk/rondes/<slug:code>/papier/": ASSIST,
    "POST werk/rondes/<slug:code>/papier/invoer/": ASSIST,
    "POST werk/rondes/<slug:code>/papier/laat-staan/": ASSIST,
    "GET werk/rondes/<slug:code>/papier/vervallen/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/papier/vervallen/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/papier/leeg/": INSIDERS,
    "GET werk/rondes/<slug:code>/papier/formulieren/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/papier/formulieren/": ROUND_RUNNERS,
    "GET werk/rondes/<slug:code>/papier/formulieren/<uuid:job_id>/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/papier/formulieren/<uuid:job_id>/": ROUND_RUNNERS,
    "POST werk/rondes/<slug:code>/pdf/": ROUND_RUNNERS,
    "GET werk/cijfers/": INSIDERS,
    "GET werk/cijfers/<uuid:table_id>/": INSIDERS,
    "GET werk/cijfers/<uuid:table_id>/tabel.csv": INSIDERS,
    "GET werk/cijfers/<uuid:table_id>/tabel.xlsx": INSIDERS,
    "GET werk/cijfers/<uuid:table_id>/tabel.ods": INSIDERS,
    "GET werk/cijfers/inlezen/": FIGURE_EDITORS,
    "POST werk/cijfers/inlezen/": FIGURE_EDITORS,
    "GET werk/cijfers/inlezen/<uuid:import_id>/": FIGURE_EDITORS,
    "GET werk/cijfers/inlezen/<uuid:import_id>/kolommen/": FIGURE_EDITORS,
    "POST werk/cijfers/inlezen/<uuid:import_id>/kolommen/": FIGURE_EDITORS,
    "GET werk/cijfers/inlezen/<uuid:import_id>/rij/<int:place>/": FIGURE_EDITORS,
    "POST werk/cijfers/inlezen/<uuid:import_id>/rij/<int:place>/": FIGURE_EDITORS,
    "POST werk/cijfers/inlezen/<uuid:import_id>/overslaan/": FIGURE_EDITORS,
    "POST werk/cijfers/inlezen/<uuid:import_id>/bevestigen/": FIGURE_EDITORS,
    "POST werk/cijfers/inlezen/<uuid:import_id>/weggooien/": FIGURE_EDITORS,
    "GET werk/cijfers/inlezen/<uuid:import_id>/uitkomst/": FIGURE_EDITORS,
    "GET werk/cijfers/<uuid:table_id>/bewerken/": INSIDERS,
    "POST werk/cijfers/<uuid:table_id>/bewerken/": FIGURE_EDITORS,
    "POST werk/cijfers/<uuid:table_id>/bewerken/lezen/": FIGURE_EDITORS,
    "GET werk/cijfers/<uuid:table_id>/bewerken/<uuid:row_id>/<str:column>/": FIGURE_EDITORS,
    "POST werk/cijfers/<uuid:table_id>/bewerken/<uuid:row_id>/<str:column>/": FIGURE_EDITORS,
    "GET werk/cijfers/<uuid:table_id>/opzet/": FIGURE_EDITORS,
    "POST werk/cijfers/<uuid:table_id>/opzet/": FIGURE_EDITORS,
    "POST werk/cijfers/<uuid:table_id>/opzet/<uuid:row_id>/": FIGURE_EDITORS,
    "GET werk/cijfers/<uuid:table_id>/opzet/<uuid:row_id>/weghalen/": FIGURE_EDITORS,
    "POST werk/cijfers/<uuid:table_id>/opzet/<uuid:row_id>/weghalen/": FIGURE_EDITORS,
    "GET werk/cijfers/reeksen/<int:series_id>/<str:period>/": INSIDERS,
    "GET werk/cijfers/streefwaarden/<int:target_id>/": FIGURE_EDITORS,
    "POST werk/cijfers/streefwaarden/<int:target_id>/": FIGURE_EDITORS,
    "GET werk/cijfers/indicatoren/": INSIDERS,
    "GET werk/cijfers/indicatoren/<slug:slug>/": INSIDERS,
    "GET werk/cijfers/indicatoren/<slug:slug>/terughalen/": FIGURE_PUBLISHERS,
    "POST werk/cijfers/indicatoren/<slug:slug>/terughalen/": FIGURE_PUBLISHERS,
    "GET werk/cijfers/bronnen/<int:source_id>/": INSIDERS,
    "GET werk/cijfers/openbaar/": FIGURE_PUBLISHERS,
    "GET werk/cijfers/openbaar/bevestigen/": FIGURE_PUBLISHERS,
    "POST werk/cijfers/openbaar/bevestigen/": FIGURE_PUBLISHERS,
    "GET werk/enquetes/": SET_UP_SURVEYS,
    "GET werk/enquetes/nieuw/": SET_UP_SURVEYS,
    "POST werk/enquetes/nieuw/": SET_UP_SURVEYS,
    "GET werk/enquetes/<uuid:survey_id>/": SET_UP_SURVEYS,
    "POST werk/enquetes/<uuid:survey_id>/wijzigen/": SET_UP_SURVEYS,
    "GET werk/enquetes/<uuid:survey_id>/proef/": SET_UP_SURVEYS,
    "GET werk/enquetes/<uuid:survey_id>/vergelijken/": SET_UP_SURVEYS,
    "POST werk/enquetes/<uuid:survey_id>/vragen/nieuw/": SET_UP_SURVEYS,
    "POST werk/enquetes/vragen/<uuid:question_id>/": SET_UP_SURVEYS,
    "POST werk/enquetes/vragen/<uuid:question_id>/plaats/": SET_UP_SURVEYS,
    "POST werk/enquetes/metingen/<uuid:measurement_id>/verder/": SET_UP_SURVEYS,
    "GET werk/mijn-enquetes/": {"vrijwilliger"} | SET_UP_SURVEYS,
    "GET werk/mijn-enquetes/<uuid:measurement_id>/": {"vrijwilliger"} | SET_UP_SURVEYS,
    "POST werk/mijn-enquetes/<uuid:measurement_id>/": {"vrijwilliger"} | SET_UP_SURVEYS,
    "GET werk/afwegen/": INSIDERS,
    "GET werk/afwegen/<int:year>/<slug:slug>/": INSIDERS,
    "POST werk/afwegen/<int:year>/<slug:slug>/": {"beleidsmedewerker"},
    "GET werk/programma/": INSIDERS,
    "GET werk/programma/<int:year>/": INSIDERS,
    "GET werk/programma/<int:year>/<uuid:section_id>/bekijken/": INSIDERS,
    "GET werk/programma/<int:year>/<uuid:section_id>/": {"beleidsmedewerker", "redacteur"},
    "POST werk/programma/<int:year>/<uuid:section_id>/": {"beleidsmedewerker", "redacteur"},
    "POST werk/programma/<int:year>/pdf/": INSIDERS,
    "POST werk/programma/<int:year>/publiceren/": {"beleidsmedewerker", "communicatie"},
    "GET werk/uitgaande-mail/": {"communicatie", "beheerder"},
    "GET werk/uitgaande-mail/<int:mail_id>/": {"communicatie", "beheerder"},
}
# Whoever is signed in sees here what they asked for themselves, and nothing of somebody else.
OWN = {"werk/taken/", "werk/taken/<uuid:job_id>/", "werk/taken/<uuid:job_id>/bestand/"}

SAMPLES = {
    "year": "2027",
    "slug": "parkwijk",
    "code": "2026-1",
    "provider_id": "gemeente",
    "uidb36": "1",
    "key": "x",
    "app_label": "accounts",
    "url": "x/",
}
UUID = "00000000-0000-4000-8000-000000000000"


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the site as its pattern reads."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from patterns(pattern, route)
        else:
            yield route, pattern


ROUTES = dict(patterns(get_resolver()))
CLOSED = sorted(ROUTES.keys() - PUBLIC)


def address(route: str) -> str:
    """An address that fits the pattern."""
    filled = re.sub(r"\(\?P<(\w+)>[^()]*\)", lambda found: SAMPLES[found[1]], route)
    filled = re.sub(r"<uuid:\w+>", UUID, filled)
    filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SAMPLES.get(found[1], "1"), filled)
    return "/" + filled.replace("^", "").replace("$", "")


def is_sent_to_sign_in(response: HttpResponse) -> bool:
    # The admin's own sign-in page leads on to ours.
    places = ("/account/login/?next=", "/beheer/login/?next=")
    return response.status_code == 302 and response["Location"].startswith(places)


def is_let_in(response: HttpResponse) -> bool:
    """Not refused, and not sent to the home page; a row that is not there counts as let in."""
    return response.status_code != 403 and response.headers.get("Location") != "/"


def test_only_what_is_listed_here_is_open_to_everybody() -> None:
    is_open = {
        route for route, pattern in ROUTES.items() if not getattr(pattern.callback, "login_required", True)
    }
    assert is_open == PUBLIC


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in_before_anything_else(method: str, client: Client, city: None) -> None:
    answers = {route: getattr(client, method)(address(route)) for route in CLOSED}
    assert [route for route, answer in answers.items() if not is_sent_to_sign_in(answer)] == []


def test_a_visitor_gets_into_what_is_public(client: Client, city: None) -> None:
    asked = {route for route in PUBLIC if is_sent_to_sign_in(client.get(address(route)))}
    assert asked == {"beheer/login/"}


def test_every_page_of_the_workplace_is_in_the_table_and_asks_for_a_second_step() -> None:
    workplace = [route for route in CLOSED if not route.startswith("account/")]
    assert [route for route in workplace if not f"/{route}".startswith(PRIVATE)] == []
    listed = {entry.partition(" ")[2] for entry in MAY} | OWN
    assert [route for route in workplace if route not in listed and not route.startswith("beheer/")] == []


@pytest.mark.parametrize("who", sorted(CAST))
def test_each_of_the_cast_gets_in_where_they_may_and_nowhere_else(
    who: str, sign_in: SignIn, city: None
) -> None:
    factories.open_round()
    browser = sign_in(factories.outsider() if who == "buitenstaander" else who)
    may = {}
    for entry in MAY:
        method, _space, route = entry.partition(" ")
        may[entry] = is_let_in(browser.generic(method, address(route)))
    assert may == {entry: who in people for entry, people in MAY.items()}


@pytest.mark.parametrize("who", sorted(CAST))
def test_nobody_gets_into_the_admin_by_a_role_alone(who: str, sign_in: SignIn, city: None) -> None:
    browser = sign_in(factories.outsider() if who == "buitenstaander" else who)
    admin = [route for route in CLOSED if route.startswith("beheer/") and "logout" not in route]
    answers = {route: browser.get(address(route), follow=True).status_code for route in admin}
    assert [route for route, status in answers.items() if status not in (403, 404)] == []


@pytest.mark.parametrize("who", sorted(COLLEAGUES))
def test_a_colleague_without_a_second_step_gets_in_nowhere(who: str, client: Client, city: None) -> None:
    client.force_login(
        factories.user(who), backend="haarlemveilig.accounts.backends.NoDemoAccountsOutsideDemo"
    )
    workplace = [route for route in CLOSED if not route.startswith("account/")]
    led_to = {client.get(address(route)).headers.get("Location") for route in workplace}
    assert led_to == {"/account/2fa/totp/activate/"}


def test_whoever_may_enter_the_admin_counts_as_a_colleague(db: None) -> None:
    assert factories.user("raadslid", is_staff=True).is_colleague
