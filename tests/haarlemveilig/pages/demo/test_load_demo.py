import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from actionprogram.models import Actie, Actieprogramma
from haarlemveilig.accounts.models import Role, User
from haarlemveilig.checks import refuse_demo_accounts
from haarlemveilig.editions.models import Edition
from haarlemveilig.gemeente.models import Area, Municipality, Theme
from haarlemveilig.gemeente.selectors import wijken
from haarlemveilig.pages.demo import load_city
from haarlemveilig.pages.demo.files import HERE
from indicators.models import Observation, TableRow
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
