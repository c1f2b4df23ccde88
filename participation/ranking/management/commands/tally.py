import json
import re
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from haarlemveilig.commands import OneLineCommand
from participation.ranking.results import AreaTally, RoundTally, ThemeTally
from participation.ranking.tally import count_areas
from participation.ranking.tally_file import (
    TallyFileError,
    as_json,
    check_cells,
    read_ballots,
    read_cells,
)

RAW_BECAUSE = {
    "design-effect": "Niet gewogen: de deelnemers lijken te weinig op de bevolking.",
    "effective-size": "Niet gewogen: met weging blijft er te weinig over om iets te zeggen.",
    "single-weight": "Niet gewogen: één deelnemer zou te zwaar meetellen.",
}


class Command(OneLineCommand):
    """Counts a file of ballots without touching the database, so that anybody can count again."""

    help = "Telt stembiljetten uit een CSV-bestand met de kolommen area,ranking[,cell][,count]."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        # What is missing or wrong is said in handle: there in Dutch and on one line.
        parser.add_argument("file", nargs="?", help="CSV met de stembiljetten")
        parser.add_argument("--k", help="hoeveel thema's iemand in volgorde mag zetten")
        parser.add_argument("--cells", help="CSV met de bevolking: area,cell,population")
        parser.add_argument("--themes", help="alle thema's met een komma ertussen; anders die in het bestand")
        parser.add_argument("--cut", action="store_true", help="kort een te lange volgorde in")
        parser.add_argument("--no-thresholds", action="store_true", help="toon ook te kleine uitslagen")
        parser.add_argument("--json", action="store_true", help="toon de uitslag als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["file"]:
            raise CommandError("Geef het bestand met de stembiljetten op: tally BESTAND.csv --k K")
        result = _count(options, k=_places(options["k"]))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(result), ensure_ascii=False))
        else:
            self.stdout.write(as_text(result))


def as_text(result: RoundTally) -> str:
    """The result for a person at a terminal; a dash is what may not be shown."""
    tables = [_area_text(f"Gebied {area}", each) for area, each in result.areas.items()]
    if result.total:
        tables.append(_area_text("Totaal", result.total))
    return "\n\n".join(tables) or "Niemand heeft een thema gekozen."


def _places(text: object) -> int:
    if not re.fullmatch("[1-9][0-9]?|100", str(text)):
        raise CommandError(
            "Geef met --k op hoeveel thema's iemand mag kiezen: een getal van 1 tot en met 100"
        )
    return int(str(text))


def _count(options: dict[str, Any], *, k: int) -> RoundTally:
    themes = [code.strip() for code in options["themes"].split(",")] if options["themes"] else None
    with _naming(options["file"]) as data:
        ballots = read_ballots(data, k=k, cut=options["cut"], themes=themes)
    cells = None
    if options["cells"]:
        with _naming(options["cells"]) as data:
            cells = read_cells(data, ballots)
        with _naming(options["file"]):
            check_cells(ballots, cells)
    shown = not options["no_thresholds"]
    return count_areas(ballots.ballots, themes=ballots.themes, k=k, cells=cells, thresholds=shown)


@contextmanager
def _naming(path: str) -> Iterator[bytes]:
    """The content of a file; what is wrong with it becomes an error that names it."""
    try:
        yield Path(path).read_bytes()
    except FileNotFoundError as error:
        raise CommandError(f"{path}: dit bestand bestaat niet") from error
    except OSError as error:
        raise CommandError(f"{path}: dit bestand kan niet worden gelezen") from error
    except TallyFileError as error:
        raise CommandError(f"{path}: {error}") from error


def _area_text(title: str, result: AreaTally) -> str:
    columns = ("thema", "aandeel", "gewogen", "punten", "gewogen", "rang", "van", "tot")
    lines = [_line(columns), *(_line((theme, *_figures(each))) for theme, each in _in_order(result))]
    head = f"{title}: {_shown(result.n)} deelnemers, {_shown(result.abstentions)} zonder voorkeur"
    return "\n".join([head, *lines, *_remarks(result)])


def _in_order(result: AreaTally) -> list[tuple[str, ThemeTally]]:
    return sorted(result.themes.items(), key=lambda item: (-(item[1].share or 0), item[0]))


def _figures(each: ThemeTally) -> tuple[str, ...]:
    shares = (_percentage(each.share_raw), _percentage(each.share_weighted))
    points = (_points(each.points_raw), _points(each.points_weighted))
    return (*shares, *points, *map(_shown, (each.rank, each.rank_low, each.rank_high)))


def _remarks(result: AreaTally) -> list[str]:
    remarks = []
    if result.schulze:
        remarks.append("Schulze: " + " > ".join(" = ".join(group) for group in result.schulze))
    if result.raw_because:
        remarks.append(RAW_BECAUSE[result.raw_because])
    if result.disputed:
        remarks.append("Volgorde hangt af van de telregel: " + ", ".join(result.disputed))
    return remarks


def _line(values: Sequence[str]) -> str:
    return f"  {values[0]:<24}" + "".join(f"{value:>9}" for value in values[1:])


def _shown(value: int | None) -> str:
    return "-" if value is None else str(value)


def _percentage(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f}%".replace(".", ",")


def _points(points: float | None) -> str:
    return "-" if points is None else f"{points:.2f}".replace(".", ",")
