import io

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from actionprogram.models import Actie, Actieprogramma
from haarlemveilig.accounts.models import Role, User
from haarlemveilig.checks import refuse_demo_accounts
from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Area, Municipality, Theme
from haarlemveilig.gemeente.selectors import wijken
from haarlemveilig.pages.demo import accounts, load_city, load_figures
from haarlemveilig.pages.demo.files import HERE
from indicators.models import Observation, Publication, TableRow
from participation.ranking.models import Ballot, Round
from participation.wijkgesprekken.models import Wijkgesprek
from priorities.models import Weighing
from tests import factories

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    models = (
        Area,
        Theme,
        User,
        Round,
        Ballot,
        Wijkgesprek,
        Weighing,
        TableRow,
        Observation,
        Actieprogramma,
        Actie,
        Edition,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_the_demo_loads_once_and_a_second_time_changes_nothing(settings, tmp_path) -> None:
    settings.DEMO, settings.KEY_DIR, settings.MEDIA_ROOT = True, tmp_path / "keys", tmp_path / "media"
    call_command("load_demo", verbosity=0)
    first = counts()
    assert first["Ballot"] == 4000
    assert first["User"] == len(Role)
    assert first["Actie"] == 38
    assert TableRow.objects.exclude(series__source__is_synthetic=True).count() == 46
    assert Area.objects.filter(level="wijk").count() == 21
    assert Round.objects.get(code="2025-1").is_synthetic
    call_command("load_demo", verbosity=0)
    assert counts() == first


def test_the_demo_shows_a_figure_that_came_late_whatever_the_day(city: None) -> None:
    with time_machine.travel("2026-02-01"):
        load_city.load_themes()
        accounts.load_accounts()
        load_figures.load_targets()
        load_figures.describe()
        load_figures.publish()
        shown = Observation.objects.published().get(
            series__indicator__name=load_figures.LATE_FIGURE[0], period_start__year=2023
        )
        assert shown.printed == "13"
        assert not Observation.objects.filter(recorded_at__gt=timezone.now()).exists()
    days = Publication.objects.order_by("published_at").values_list("published_at", flat=True)
    seen = [Observation.objects.published_at(day).get(pk__in=_cell(shown)).printed for day in days[:3]]
    assert seen == ["volgt", "12", "13"]


def _cell(row: Observation) -> list[int]:
    """All that ever stood in this cell."""
    same = Observation.objects.filter(series=row.series, period_start=row.period_start)
    return list(same.values_list("pk", flat=True))


def test_the_demo_completes_a_map_that_was_imported_before(settings, tmp_path) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    for name in ("wijken.csv", "buurten.csv"):
        call_command("import_areas", HERE / name, "--year", "2026", verbosity=0)
    load_city.load_areas()
    assert Municipality.objects.get().area_year == 2026
    assert len([wijk for wijk in wijken() if wijk.row and wijk.short_name]) == 21


def test_the_demo_needs_no_demo_mode_but_says_that_the_site_does(settings, tmp_path) -> None:
    settings.KEY_DIR = tmp_path / "keys"
    out = io.StringIO()
    call_command("load_demo", stdout=out)
    assert "alleen met DEMO=1" in out.getvalue()
    with pytest.raises(ImproperlyConfigured):
        refuse_demo_accounts()


def test_the_demo_is_never_loaded_beside_real_accounts(settings) -> None:
    settings.DEMO = True
    factories.user("redacteur")
    with pytest.raises(CommandError, match="echte accounts"):
        call_command("load_demo")
    assert User.objects.count() == 1


def test_the_demo_is_never_loaded_beside_another_municipality(city: None) -> None:
    Municipality.objects.update(code="GM0393")
    with pytest.raises(CommandError, match="andere gemeente"):
        call_command("load_demo")
    assert not User.objects.exists()
