"""Published results for tests, with every figure filled in, also those that the gate would have stopped."""

from dataclasses import replace

from haarlemveilig.disclosure import tier
from haarlemveilig.editions.models import Edition
from haarlemveilig.editions.services import PublishedFile, publish
from participation.ranking.composition import Group
from participation.ranking.published import (
    AreaResultView,
    CellView,
    RoundResultView,
    SetApart,
    ThemeResult,
)
from participation.ranking.result_names import AreaName, Names

THEMES = ("afval", "donker", "jeugd", "parkeren", "verkeer")
LABELS = ("in", "in", "possible", "possible", "out")
PARKWIJK, MEERWIJK, CITY = "WK039209", "WK039221", "GM0392"
NAMES = Names(
    themes={code: code.capitalize() for code in THEMES},
    areas={
        PARKWIJK: AreaName(PARKWIJK, "parkwijk", "Parkwijk", "wijk"),
        MEERWIJK: AreaName(MEERWIJK, "meerwijk", "Meerwijk", "wijk"),
        "oost": AreaName("oost", "oost", "Oost", "stadsdeel"),
        CITY: AreaName(CITY, "", "Haarlem", "gemeente"),
    },
)


def themes() -> tuple[ThemeResult, ...]:
    """Five themes from 61% down, each with places and a margin."""
    return tuple(
        ThemeResult(
            code=code,
            share=0.61 - 0.12 * place,
            share_raw=0.59 - 0.12 * place,
            low=0.53 - 0.12 * place,
            high=0.69 - 0.12 * place,
            rank=place + 1,
            rank_low=max(place, 1),
            rank_high=place + 2,
            label=LABELS[place],
            chosen=50,
            places=(20, 20, 10),
            points=1.5 - 0.2 * place,
            points_raw=1.4 - 0.2 * place,
        )
        for place, code in enumerate(THEMES)
    )


def area(code: str = PARKWIJK, n: int = 214, **fields: object) -> AreaResultView:
    """An area with `n` participants in which nothing was left out."""
    view = AreaResultView(
        code=code,
        level=NAMES.area(code).level,
        tier=tier(n),
        participants=n,
        residents=6623,
        robust=True,
        themes=themes(),
        members=(PARKWIJK, MEERWIJK) if code == CITY else (code,),
        within="" if code == CITY else CITY,
        is_weighted=True,
        deff=1.2,
        n_eff=n / 1.2,
        schulze=tuple((code,) for code in THEMES),
        pairwise={row: dict.fromkeys(THEMES, 20) for row in THEMES},
        cells=(
            CellView(code, ("16-34/v",), n // 2, 0.5, ((1, 1, 1),) * 5),
            CellView(code, ("16-34/m",), n - n // 2, 0.5, ((1, 1, 1),) * 5),
        ),
        composition=(Group("gender", "m", n // 2, 0.43, 0.49), Group("gender", "v", n - n // 2, 0.57, 0.51)),
    )
    return replace(view, **fields)  # type: ignore[arg-type]


def result(*areas: AreaResultView, **fields: object) -> RoundResultView:
    view = RoundResultView(
        code="2025-1",
        for_year=2026,
        title={"nl": "Ronde 2025"},
        closed_on="2025-10-12",
        is_synthetic=False,
        theme_names={code: {"nl": code.capitalize()} for code in THEMES},
        areas={one.code: one for one in (*areas, area(CITY, 900))},
        merkle_root="ab" * 32,
        ways_in={"letter_code": 800, "postcode": 212},
        channels={"web": 900, "paper": None, "counter": None},
    )
    # As pages read it: out of an edition.
    return RoundResultView.from_json(replace(view, **fields).as_json())  # type: ignore[arg-type]


def set_apart(**fields: object) -> SetApart:
    return replace(
        SetApart(flag="burst", area=PARKWIJK, ballots=None, reason="Eén computer"),
        **fields,  # type: ignore[arg-type]
    )


def published(view: RoundResultView, *files: PublishedFile, version: int = 2) -> Edition:
    """An edition of this result; without the newer fields where `version` is 1."""
    data = view.as_json()
    if version == 1:
        data = _as_first_written(data)
    return publish(
        kind=Edition.Kind.ROUND_RESULT, subject=view.code, title="Ronde", view_model=data, files=files
    )


FIRST_ROUND = ("code", "for_year", "title", "closed_on", "is_synthetic", "theme_names", "areas")
FIRST_AREA = ("code", "level", "tier", "participants", "abstentions", "residents", "robust", "merged_with")
FIRST_THEME = ("code", "share", "share_raw", "low", "high", "rank_low", "rank_high", "label")


def _as_first_written(data: dict) -> dict:
    def area(found: dict) -> dict:
        old = {name: found[name] for name in FIRST_AREA}
        return {**old, "themes": [{name: one[name] for name in FIRST_THEME} for one in found["themes"]]}

    old = {name: data[name] for name in FIRST_ROUND}
    return {**old, "areas": {code: area(found) for code, found in data["areas"].items()}}
