"""The demo's rounds, meetings and weighings."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from haarlemveilig.gemeente.models import Area, Theme
from haarlemveilig.gemeente.selectors import wijken
from haarlemveilig.pages.demo import files, generate
from haarlemveilig.pages.demo.accounts import policy_officer
from participation.ranking import round_keys, services
from participation.ranking.ballots import ranking_text
from participation.ranking.codes import keyed_hash, make_code
from participation.ranking.models import AccessCode, OpenBallot, OpenRemark, Participation, Remark, Round
from participation.ranking.receipts import Receipt
from participation.ranking.services.moderating import moderate
from participation.ranking.weighting import cell_code
from participation.wijkgesprekken.models import Wijkgesprek
from priorities.departures import Choice
from priorities.models import Weighing
from priorities.services import adopt

HOME = ZoneInfo("Europe/Amsterdam")
BALLOTS = 4000
OPEN_DAYS = 21
WAYS_IN = [Round.WayIn.LETTER_CODE, Round.WayIn.POSTCODE]


def _at(day: dt.date, time: str) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.fromisoformat(time), tzinfo=HOME)


def load_closed_round() -> None:
    """The round of last autumn with some 4,000 invented ballots: laid down, counted, published."""
    data = files.read_json("ronde.json")["closed"]
    if Round.objects.filter(code=data["code"]).exists():
        return
    round_ = Round.objects.create(
        code=data["code"],
        for_year=data["year"],
        title=data["title"],
        intro=data["intro"],
        status=Round.Status.OPEN,
        asks_group=True,
        asks_remarks=True,
        ways_in=WAYS_IN,
        opens_at=_at(dt.date.fromisoformat(data["opens"]), "00:00"),
        closes_at=_at(dt.date.fromisoformat(data["closes"]), "23:59"),
        publish_on=dt.date.fromisoformat(data["publication"]),
        is_synthetic=True,
    )
    round_.themes.set(Theme.objects.safety())
    areas = {area.code: area for area in Area.objects.filter(level=Area.Level.WIJK)}
    ballots = list(_ballots(round_, areas))
    OpenBallot.objects.bulk_create(ballots, batch_size=1000)
    Participation.objects.bulk_create(
        (Participation(round=round_, wijk=ballot.wijk, way_in=Round.WayIn.POSTCODE) for ballot in ballots),
        batch_size=1000,
    )
    _write_remarks(round_, areas)
    services.close_round(round_=round_)
    _moderate_remarks(round_)
    services.count_round(round_=round_)
    services.publish_round(round_=round_, published_at=_at(round_.publish_on, "10:00"))


def _ballots(round_: Round, areas: dict[str, Area]) -> Iterator[OpenBallot]:
    # Invented ballots have invented secrets: from a fixed seed, so that the demo is the same everywhere.
    chance = random.Random(round_.code)  # noqa: S311
    themes = sorted(round_.themes.values_list("code", flat=True))
    for made_up in generate.ballots(sorted(areas), themes, n=BALLOTS):
        nonce = chance.randbytes(16)
        receipt = Receipt(area=made_up.wijk, round=round_.code, ranking=made_up.ranking, nonce=nonce)
        given = made_up.age_band and made_up.gender
        yield OpenBallot(
            id=chance.randbytes(32).hex(),
            round=round_,
            wijk=areas[made_up.wijk],
            ranking=ranking_text(made_up.ranking),
            cell=cell_code(made_up.age_band, made_up.gender) if given else "",
            nonce=nonce.hex(),
            leaf=receipt.leaf().hex(),
        )


def _write_remarks(round_: Round, areas: dict[str, Area]) -> None:
    OpenRemark.objects.bulk_create(
        OpenRemark(
            id=f"demo-{number}", round=round_, wijk=areas[row["wijk"]], kind=row["kind"], text=row["text"]
        )
        for number, row in enumerate(files.read_json("toelichtingen.json"))
    )


def _moderate_remarks(round_: Round) -> None:
    """Those with a public text are shown; the others wait for somebody who reads them."""
    public = {row["text"]: row["public"] for row in files.read_json("toelichtingen.json")}
    for remark in Remark.objects.filter(round=round_):
        if public[remark.text]:
            moderate(
                remark=remark,
                state=Remark.State.SHOWN,
                public_text=public[remark.text],
                actor=policy_officer(),
            )


def load_open_round() -> None:
    """A round that is open now. Loading again moves its end, so that a demo never runs out."""
    data = files.read_json("ronde.json")["open"]
    today = timezone.localdate()
    times = {
        "closes_at": _at(today + dt.timedelta(days=OPEN_DAYS), "23:59"),
        "publish_on": today + dt.timedelta(days=OPEN_DAYS + 14),
    }
    round_, made = Round.objects.get_or_create(
        code=data["code"],
        defaults={
            "for_year": data["year"],
            "title": data["title"],
            "intro": data["intro"],
            "ways_in": WAYS_IN,
            "asks_group": True,
            "asks_remarks": True,
            "opens_at": _at(today, "00:00"),
            **times,
        },
    )
    if made:
        round_.themes.set(Theme.objects.safety())
        services.open_round(round_=round_)
    elif round_.status == Round.Status.OPEN:
        Round.objects.filter(pk=round_.pk).update(**times)
        round_keys.make(round_.code)
    _load_codes(round_, times["closes_at"])


def demo_codes() -> list[tuple[str, str]]:
    """Three codes as if from a letter, with the name of their wijk; the same in every demo."""
    chance = random.Random("demo-codes")  # noqa: S311  anybody may know these
    return [(make_code(chance.choice), wijk) for wijk in ("Parkwijk", "Meerwijk", "Oude Stad")]


def _load_codes(round_: Round, expires_at: Any) -> None:
    by_name = {wijk.name: wijk.area_id for wijk in wijken()}
    for code, wijk in demo_codes():
        AccessCode.objects.update_or_create(
            code_hash=keyed_hash(code, services.code_key()),
            defaults={"round": round_, "wijk_id": by_name[wijk], "expires_at": expires_at},
        )


def load_meetings() -> None:
    """One or two meetings per wijk in the coming weeks; made anew when all of them are past."""
    if Wijkgesprek.objects.upcoming(timezone.now()).exists():
        return
    areas = {area.code: area for area in Area.objects.filter(level=Area.Level.WIJK)}
    for data in files.read_json("wijkgesprekken.json"):
        starts_at = _at(_next_weekday(data["weekday"], data["offset_days"]), data["time"])
        Wijkgesprek.objects.create(
            kind=data["kind"],
            title=data["title"],
            wijk=areas[data["wijk"]],
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=2),
            place=data["place"],
            accessibility=data["accessibility"],
            capacity=data["capacity"],
        )


def _next_weekday(weekday: int, offset: int) -> dt.date:
    day = timezone.localdate() + dt.timedelta(days=offset)
    return day + dt.timedelta(days=(weekday - day.isoweekday()) % 7)


def load_weighings() -> None:
    """The adopted priorities of three wijken."""
    data = files.read_json("afwegingen.json")
    names = {wijk.code: wijk for wijk in wijken()}
    for row in data["wijken"]:
        wijk = names[row["wijk"]]
        weighing, made = Weighing.objects.get_or_create(wijk_id=wijk.area_id, year=data["year"])
        if not made:
            continue
        chosen = [
            Choice(rank=rank, theme=priority["theme"], reason=priority["reason"]["nl"])
            for rank, priority in enumerate(row["priorities"], start=1)
        ]
        themes = Theme.objects.safety().values_list("code", flat=True)
        explanations = dict.fromkeys(themes, (row.get("departure_reason") or {}).get("nl", ""))
        adopt(
            wijk=wijk,
            weighing=weighing,
            chosen=chosen,
            explanations=explanations,
            version=weighing.version,
            actor=policy_officer(),
        )
