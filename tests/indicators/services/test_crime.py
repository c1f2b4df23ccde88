import pytest

from haarlemveilig.audit.models import AuditEntry
from haarlemveilig.gemeente.files import BadFile
from haarlemveilig.gemeente.models import Municipality
from indicators.crime_file import CrimeKind, read_crime
from indicators.import_report import ImportReport
from indicators.models import Indicator, Observation, Series, Source
from indicators.services import import_crime
from tests.indicators.test_crime_file import crime, crime_file

KINDS = {"1.1.1": CrimeKind("Inbraak in een woning", "afval")}


def take_in(profile: Municipality, *rows: dict[str, object], **options: object) -> ImportReport:
    defaults = {"kinds": KINDS, "provenance": "toets.json"}
    return import_crime(read_crime(crime_file(*rows)), municipality=profile, **(defaults | options))


def test_each_wijk_has_its_own_series(profile: Municipality) -> None:
    report = take_in(profile, crime(), crime(WijkenEnBuurten="WK039221"), crime(WijkenEnBuurten="GM0392"))
    assert (report.rows, report.series) == (3, 3)
    assert {one.area.code for one in Series.objects.all()} == {"WK039209", "WK039221", "GM0392"}
    indicator = Indicator.objects.get()
    assert (indicator.name, indicator.theme.code) == ("Inbraak in een woning", "afval")


def test_an_unknown_number_is_not_zero(profile: Municipality) -> None:
    take_in(profile, crime(GeregistreerdeMisdrijven_1=None), crime(Perioden="2023JJ00"))
    unknown, known = Observation.objects.order_by("period_start")
    assert (unknown.value, unknown.status, unknown.printed) == (None, "unknown", "onbekend")
    assert unknown.reason
    assert (known.value, known.printed) == (49, "49")


def test_thousands_are_grouped(profile: Municipality) -> None:
    take_in(profile, crime(GeregistreerdeMisdrijven_1="    1490"))
    assert Observation.objects.get().printed == "1.490"


def test_invented_figures_never_share_a_source_with_real_ones(profile: Municipality) -> None:
    take_in(profile, crime())
    real = read_crime(crime_file(crime(), note="47018NED"))
    import_crime(real, municipality=profile, kinds=KINDS, provenance="cbs.json")
    assert {(one.name, one.is_synthetic) for one in Source.objects.all()} == {
        ("Verzonnen, in de vorm van CBS 47018NED", True),
        ("Politie, via CBS 47018NED", False),
    }


def test_running_it_again_changes_nothing(profile: Municipality) -> None:
    take_in(profile, crime())
    assert take_in(profile, crime()).changes == ()
    assert Observation.objects.count() == 1
    assert AuditEntry.objects.filter(action="indicators.table_imported").count() == 1


def test_it_passes_over_other_codes_and_other_places(profile: Municipality) -> None:
    report = take_in(
        profile,
        crime(),
        crime(SoortMisdrijf="9.9.9"),
        crime(WijkenEnBuurten="WK036301"),
        crime(WijkenEnBuurten="BU03920101"),
    )
    assert (report.rows, report.skipped) == (1, 3)


def test_a_wijk_of_our_own_that_we_do_not_know_stops_it(profile: Municipality) -> None:
    with pytest.raises(BadFile, match="Rij 2, kolom gebied: de wijk WK039299 is niet bekend"):
        take_in(profile, crime(), crime(WijkenEnBuurten="WK039299"))
    assert not Observation.objects.exists()


def test_a_theme_that_does_not_exist_stops_it(profile: Municipality) -> None:
    with pytest.raises(BadFile, match="het thema ‘niets’ bestaat niet"):
        take_in(profile, crime(), kinds={"1.1.1": CrimeKind("Inbraak", "niets")})


def test_without_a_list_of_kinds_everything_comes_in_by_its_code(profile: Municipality) -> None:
    take_in(profile, crime(), kinds=None)
    assert Indicator.objects.get().name == "Misdrijven, soort 1.1.1"
