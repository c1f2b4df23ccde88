import pytest

from haarlemveilig.editions.models import Edition
from haarlemveilig.editions.services import publish
from haarlemveilig.gemeente.selectors import WijkName, wijk
from participation.ranking.published import AreaResultView, RoundResultView, ThemeResult
from tests import factories

# Parkwijk: two themes surely in the top 3, two possibly, one out.
PARKWIJK = AreaResultView(
    code="WK039209",
    level="wijk",
    tier=100,
    participants=214,
    themes=(
        ThemeResult("verkeer", 0.52, 0.51, 0.45, 0.59, 1, 2, "in"),
        ThemeResult("afval", 0.44, 0.45, 0.37, 0.51, 1, 3, "in"),
        ThemeResult("jeugd", 0.36, 0.36, 0.3, 0.42, 2, 5, "possible"),
        ThemeResult("parkeren", 0.33, 0.33, 0.27, 0.39, 3, 5, "possible"),
        ThemeResult("donker", 0.12, 0.12, 0.08, 0.16, 5, 5, "out"),
    ),
)
MEERWIJK = AreaResultView(
    code="WK039221",
    level="wijk",
    tier=30,
    participants=41,
    themes=(ThemeResult("afval", 0.6, 0.6, 0.4, 0.8), ThemeResult("verkeer", 0.3, 0.3, 0.2, 0.4)),
)
MOLENWIJK = AreaResultView(code="WK039220", level="wijk", tier=10, participants=12)


@pytest.fixture
def result(city: None) -> Edition:
    """A published round for 2027 with results for three of the four wijken; nothing for Slachthuiswijk."""
    round_ = factories.open_round(code="2026-1", for_year=2027, status="published")
    view = RoundResultView(
        code=round_.code,
        for_year=2027,
        title={"nl": "Ronde 2026"},
        closed_on="2026-10-12",
        is_synthetic=True,
        theme_names={code: {"nl": code.capitalize()} for code in factories.THEMES},
        areas={area.code: area for area in (PARKWIJK, MEERWIJK, MOLENWIJK)},
    )
    return publish(
        kind=Edition.Kind.ROUND_RESULT, subject=round_.code, title="Ronde 2026", view_model=view.as_json()
    )


@pytest.fixture
def parkwijk(city: None) -> WijkName:
    found = wijk("parkwijk")
    assert found
    return found
