import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from haarlemveilig.ui import charts
from haarlemveilig.ui.templatetags.hv import alert_kind, percent, thousands

pytestmark = pytest.mark.urls("tests.haarlemveilig.ui.urls")
TEMPLATES = Path(settings.BASE_DIR) / "templates"


def render(source: str, **context: object) -> str:
    return Template("{% load hv %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("share", "decimals", "printed"),
    [
        (0.523, 0, "52%"),
        (0.03, 1, "3,0%"),
        (0.145, 0, "15%"),
        (1, 0, "100%"),
        (Decimal("0.005"), 0, "1%"),
        (None, 0, ""),
    ],
)
def test_a_share_prints_as_a_dutch_percentage(share: float | None, decimals: int, printed: str) -> None:
    assert percent(share, decimals) == printed


def test_thousands_get_a_point_in_dutch_and_a_comma_in_english() -> None:
    assert thousands(4150) == "4.150"
    assert thousands(Decimal("6.75"), 1) == "6,8"
    with translation.override("en"):
        assert thousands(4150) == "4,150"


def test_a_number_and_the_chart_beside_it_round_alike() -> None:
    row = charts.Share("Honden", 0.125, 0.085, 0.165)
    html = render("{% share_bars rows %}", rows=(row,))
    assert "<b>13%</b>" in html
    assert "Honden: 13%, toevalsmarge van 9% tot 17%" in html


def test_an_unknown_icon_becomes_a_tile_and_never_markup_of_its_own() -> None:
    assert render('{% icon "<b>" %}') == render('{% icon "tile" %}')


def test_an_icon_with_a_title_speaks_and_one_without_is_silent() -> None:
    assert "<title>Let op</title>" in render('{% icon "info" "Let op" %}')
    assert 'aria-hidden="true"' in render('{% icon "info" %}')


def test_an_alert_keeps_its_markup_and_escapes_what_goes_in_it() -> None:
    html = render('{% alert "ok" %}<p>{{ name }}</p>{% endalert %}', name="<i>")
    assert "<p>&lt;i&gt;</p>" in html
    assert "<title>Gelukt</title>" in html


def test_messages_of_django_map_to_kinds_of_alert() -> None:
    assert [alert_kind(tag) for tag in ("success", "info", "debug", "error")] == [
        "ok",
        "info",
        "info",
        "error",
    ]


def test_a_step_says_its_state_in_words() -> None:
    html = render("{% thread rows %}", rows=(charts.Step("Kiezen", "done"), charts.Step("Praten", "next")))
    assert 'class="is-done"' in html
    assert 'Kiezen<span class="hv-vh"> (gedaan)</span>' in html
    assert '<span aria-hidden="true">2</span>' in html


def test_the_map_marks_the_readers_own_area_in_words_despite_soft_hyphens() -> None:
    tiles = (
        charts.Tile(1, 2, "Vondel\u00adkwartier", "Vondel", "/v/", "45%", 4),
        charts.Tile(2, 2, "Parkwijk", level=0, hint="te weinig deelnemers"),
        charts.Tile(1, 1, "Noord", area_label=True),
    )
    html = render('{% tile_map tiles "Kaart" own="Vondelkwartier" %}', tiles=tiles)
    assert html.count("uw wijk") == 1
    assert 'class="hv-tile hv-tile--4 hv-tile--own" href="/v/"' in html
    assert ", te weinig deelnemers" in html
    assert 'hv-r1 hv-k1" aria-hidden="true">Noord' in html


def test_a_table_is_named_by_its_caption() -> None:
    html = render('{% table_region "Cijfers" "t1" %}<tbody></tbody>{% endtable_region %}')
    assert 'aria-labelledby="t1"' in html
    assert 'id="t1">Cijfers</caption>' in html


def test_a_menu_leaves_out_pages_that_do_not_exist() -> None:
    assert render('{% nav_link "nergens:start" "Start" %}').strip() == ""


@pytest.mark.parametrize(
    ("path", "expected"), [("/stijl/", "page"), ("/stijl/onderdeel/", "true"), ("/elders/", None)]
)
def test_a_menu_marks_the_section_one_is_in(path: str, expected: str | None) -> None:
    html = render('{% nav_link "ui:style" "Stijl" %}', request=RequestFactory().get(path))
    found = re.search(r'aria-current="(\w+)"', html)
    assert (found and found[1]) == expected


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_no_context(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert '<html lang="nl">' in html
    assert "Naar de beginpagina" in html


def test_the_title_of_a_page_with_errors_says_so_first() -> None:
    assert "<title>Fout: " in render_to_string("404.html", {"has_errors": True})
    assert "<title>Fout: " not in render_to_string("404.html")


def test_the_municipalitys_sheet_loads_last() -> None:
    html = render_to_string("base_staff.html", {"house_style": "css/eigen.css"})
    sheets = re.findall(r'<link rel="stylesheet" href="[^"]*?([\w.]+)">', html)
    assert sheets == ["site.css", "staff.css", "eigen.css"]


def test_no_component_is_longer_than_forty_lines() -> None:
    assert all(len(path.read_text().splitlines()) <= 40 for path in (TEMPLATES / "components").glob("*.html"))


def test_no_page_styles_or_scripts_inline() -> None:
    inline = re.compile(
        r"<style|\sstyle=|<script(?![^>]*(\bsrc=|application/json))|\son[a-z]+=", re.IGNORECASE
    )
    # Mails and PDFs have no style sheet beside them.
    pages = [
        path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts and "pdf" not in path.name
    ]
    assert [str(path) for path in pages if inline.search(path.read_text())] == []
