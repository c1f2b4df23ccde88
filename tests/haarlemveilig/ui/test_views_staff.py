from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.usefixtures("city")
def test_the_style_page_is_for_staff_and_shows_every_part(sign_in: Callable[[str], Client]) -> None:
    page = sign_in("beleidsmedewerker").get(reverse("ui:style"))
    assert page.status_code == 200
    html = page.content.decode()
    for part in (
        "hv-errors",
        "hv-tiles",
        "hv-bars--pair",
        "hv-spark",
        "hv-thread--row",
        "hv-empty",
        "hv-pages",
    ):
        assert part in html


@pytest.mark.usefixtures("city")
def test_a_visitor_is_asked_to_sign_in_before_the_style_page(client: Client) -> None:
    assert client.get(reverse("ui:style")).status_code == 302
