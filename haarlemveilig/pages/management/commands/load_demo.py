import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from haarlemveilig.accounts.models import User
from haarlemveilig.checks import demo_accounts_exist
from haarlemveilig.commands import OneLineCommand
from haarlemveilig.gemeente.models import Municipality
from haarlemveilig.gemeente.selectors import forget_cached
from haarlemveilig.pages.demo import (
    accounts,
    load_city,
    load_figures,
    load_paper,
    load_programme,
    load_rounds,
    load_surveys,
)

STEPS: list[tuple[str, Callable[[], None]]] = [
    ("21 wijken in 5 stadsdelen", load_city.load_areas),
    ("postcodes en bevolking (verzonnen)", load_city.load_postcodes_and_population),
    ("thema's", load_city.load_themes),
    ("demo-accounts", accounts.load_accounts),
    ("cijfers van 2019-2022", load_figures.load_real_figures),
    ("cijfers per wijk en een enquête (verzonnen)", load_figures.load_wijk_figures),
    ("tabel met doelen (verzonnen)", load_figures.load_targets),
    ("enquête aan de deur (verzonnen)", load_surveys.load_surveys),
    ("uitleg bij de cijfers", load_figures.describe),
    ("cijfers openbaar", load_figures.publish),
    ("gesloten ronde met 4.000 verzonnen stemmen", load_rounds.load_closed_round),
    ("open ronde", load_rounds.load_open_round),
    ("papieren formulieren", load_paper.load_paper),
    ("wijkgesprekken", load_rounds.load_meetings),
    ("afwegingen", load_rounds.load_weighings),
    ("Actieprogramma 2023", load_programme.load_programme),
]


class Command(OneLineCommand):
    help = "Laadt de demo van Haarlem. Nog een keer laden doet geen werk over."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        _refuse_a_real_database()
        forget_cached()
        for title, load in STEPS:
            begun = time.monotonic()
            with transaction.atomic():
                load()
            self.stdout.write(f"{title} ({time.monotonic() - begun:.1f} s)")
        if not settings.DEMO:
            self.stdout.write("De site start met deze gegevens alleen met DEMO=1 in de omgeving.")


def _refuse_a_real_database() -> None:
    """The demo goes into an empty database or one that is a demo already, never beside somebody's work."""
    if Municipality.objects.exclude(code="GM0392").exists():
        raise CommandError("Deze database is van een andere gemeente. Begin met een lege database.")
    if User.objects.exists() and not demo_accounts_exist():
        raise CommandError("In deze database staan echte accounts. Begin met een lege database.")
