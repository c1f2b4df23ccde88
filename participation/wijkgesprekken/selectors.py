import datetime as dt

from participation.wijkgesprekken.models import Wijkgesprek
from participation.wijkgesprekken.querysets import WijkgesprekQuerySet


def next_meetings(area_id: int, at: dt.datetime) -> WijkgesprekQuerySet:
    """The next three meetings in a wijk that go on."""
    return Wijkgesprek.objects.going_on().in_wijk(area_id).upcoming(at)[:3]
