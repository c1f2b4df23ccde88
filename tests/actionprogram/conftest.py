import copy
from pathlib import Path
from typing import Any

import pytest

from actionprogram import document
from actionprogram.models import Actieprogramma, Section
from actionprogram.selectors import programme_view
from actionprogram.services import import_programme, publish_programme
from actionprogram.view_model import ProgrammeView
from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Theme
from indicators.reading import read_file
from indicators.selectors import city as whole_city
from indicators.services import import_table

FIGURES = """\
hoofdstuk;thema;groep;indicator;bron;2021;2022
2.1;Jeugd;;Meldingen jeugdoverlast;politie;1046;981
2.1;Jeugd;;Meldingen jeugdoverlast;gemeente;898;volgt
2.1;Jeugd;Op straat;Gele kaarten;gemeente;;236
"""
DATA: dict[str, Any] = {
    "year": 2023,
    "title": "Actieprogramma 2023",
    "subtitle": "Bij het beleid",
    "dated": "2023-02-01",
    "period": {"start": 2023, "end": 2026, "name": "Veiligheidsbeleid 2023-2026"},
    "sections": [
        {
            "kind": "foreword",
            "title": "Voorwoord",
            "blocks": [{"kind": "text", "html": "<p>Eerst de basistaken[^basis].</p><p>Dan de rest.</p>"}],
        },
        {
            "kind": "group",
            "title": "Actieprogramma 2023",
            "children": [
                {
                    "kind": "priority",
                    "title": "Jeugd en veiligheid",
                    "theme": "jeugd",
                    "blocks": [
                        {"kind": "text", "html": "<p>Wij werken samen[^partners].</p>"},
                        {"kind": "heading", "html": "Zo werken wij"},
                        {"kind": "text", "html": "<p>Eerst praten[^basis].</p>"},
                        {"kind": "ambition", "html": "<p>In 2026 werkt de aanpak.</p>"},
                        {"kind": "objective", "html": "<p>In 2023 zijn er minder meldingen.</p>"},
                    ],
                    "actielijnen": [
                        {
                            "title": "Eén aanpak",
                            "acties": [
                                {
                                    "text": "Regie in elke wijk",
                                    "owner": "Team Jeugd",
                                    "recurrence": "12x per jaar",
                                },
                                {"text": "Afspraken per jongere", "owner": "Team Jeugd", "recurrence": None},
                            ],
                        },
                        {"title": "Samen", "acties": [{"text": "Overleg", "owner": "Gebiedsteam"}]},
                    ],
                    "focuslocaties": [
                        {
                            "stadsdeel": "Oost",
                            "items": [
                                {"theme": "hond", "text": "Reinaldapark: aanlijnen."},
                                {"theme": None, "text": "Prinses Beatrixplein."},
                            ],
                        }
                    ],
                    "tables": ["Jeugd"],
                },
                {
                    "kind": "theme",
                    "title": "Veilig uitgaan",
                    "blocks": [{"kind": "objective", "html": "<p>Uitgaan is veilig.</p>"}],
                    "what_how": [{"what": "Toezicht[^basis]", "how": ["Handhaving", "Gastheren"]}],
                },
            ],
        },
    ],
    "footnotes": {
        "basis": "Werk dat niet kan wachten.",
        "partners": "Politie en <em>jongerenwerk</em>.",
        "kaart": "Een waarschuwing.",
    },
    "table_notes": {"Jeugd": {"Gele kaarten": "kaart"}},
}


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def data() -> dict[str, Any]:
    """The small programme as JSON; a copy that a test may spoil."""
    return copy.deepcopy(DATA)


@pytest.fixture
def figures(city: None) -> None:
    Theme.objects.create(code="hond", kind=Theme.Kind.ENFORCEMENT, name={"nl": "Honden"})
    table = read_file(FIGURES.encode(), "cijfers.csv", max_bytes=10_000)
    import_table(table, area=whole_city(), provenance="test")


@pytest.fixture
def programme(figures: None, data: dict[str, Any]) -> Actieprogramma:
    """A made-up programme with three chapters, two actielijnen, a table and three footnotes."""
    import_programme(data, is_synthetic=True)
    return Actieprogramma.objects.select_related("period").get()


@pytest.fixture
def view(programme: Actieprogramma) -> ProgrammeView:
    return programme_view(programme)


@pytest.fixture
def jeugd(programme: Actieprogramma) -> Section:
    """The chapter with everything in it."""
    return Section.objects.select_related("programme__period").get(slug="jeugd-en-veiligheid")


@pytest.fixture
def edition(programme: Actieprogramma) -> Edition:
    return publish_programme(programme=programme, pdf=b"%PDF-1.7 not a real one")


@pytest.fixture(scope="session")
def pdf_of() -> Any:
    """The PDF of a view-model, made once per text: it takes seconds."""
    made: dict[ProgrammeView, bytes] = {}

    def pdf_of(view: ProgrammeView) -> bytes:
        if view not in made:
            made[view] = document.pdf(view)
        return made[view]

    return pdf_of
