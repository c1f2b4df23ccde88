"""The fixed cast and the small city that tests share."""

import datetime as dt
from itertools import pairwise

from django.utils import timezone

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.gemeente.models import Area, AreaVersion, Municipality, Postcode, Theme
from participation.ranking.models import Round

THEMES = ("verkeer", "afval", "jeugd", "parkeren", "donker")


def municipality() -> Municipality:
    """Haarlem with two stadsdelen, four wijken and their postcodes."""
    profile = Municipality.objects.create(
        code="GM0392",
        name="Haarlem",
        site_name="Haarlem Veilig",
        phone="14 023",
        phone_link="tel:14023",
        area_year=2024,
        policy_name="Integraal Veiligheids- en Handhavingsbeleid",
        programme_name="Actieprogramma Veiligheid en Handhaving",
    )
    city = _area("gemeente", "GM0392", "haarlem", "Haarlem")
    for name, wijken in {
        "Oost": [("WK039209", "Parkwijk", 5, 5), ("WK039208", "Slachthuiswijk", 6, 4)],
        "Schalkwijk": [("WK039221", "Meerwijk", 8, 5), ("WK039220", "Molenwijk", 8, 4)],
    }.items():
        stadsdeel = _area("stadsdeel", name.lower(), name.lower(), name, city)
        for code, wijk, row, column in wijken:
            _area("wijk", code, wijk.lower(), wijk, stadsdeel, row, column)
    Postcode.objects.create(code="2033AB", wijk=area("parkwijk"))
    for number, slug in ((1, "parkwijk"), (2, "slachthuiswijk")):
        Postcode.objects.create(code="2033ZZ", house_number=number, wijk=area(slug))
    for earlier, later in pairwise(["parkwijk", "slachthuiswijk", "molenwijk", "meerwijk"]):
        AreaVersion.objects.get(area__slug=earlier).neighbours.add(area(later))
    return profile


def _area(
    level: str,
    code: str,
    slug: str,
    name: str,
    parent: Area | None = None,
    row: int | None = None,
    column: int | None = None,
) -> Area:
    area = Area.objects.create(level=level, code=code, slug=slug)
    AreaVersion.objects.create(
        area=area, year=2024, name=name, parent=parent, tile_row=row, tile_column=column
    )
    return area


def area(slug: str) -> Area:
    return Area.objects.get(slug=slug)


def themes() -> list[Theme]:
    return [
        Theme.objects.create(
            code=code,
            name={"nl": code.capitalize()},
            description={"nl": f"Over {code}."},
            role_gemeente={"nl": f"regelt {code}."},
            role_politie={"nl": f"let op {code}."},
            role_bewoners={"nl": f"melden {code}."},
            order=order,
        )
        for order, code in enumerate(THEMES)
    ]


def open_round(**fields: object) -> Round:
    """A round that is open now, with the five test themes; needs `themes()` to have been called."""
    now = timezone.now()
    defaults: dict[str, object] = {
        "code": "2026-1",
        "for_year": 2027,
        "title": {"nl": "Kies de top 3 van uw wijk"},
        "status": "open",
        "ways_in": ["postcode", "letter_code"],
        "opens_at": now - dt.timedelta(days=3),
        "closes_at": now + dt.timedelta(days=10),
        "publish_on": (now + dt.timedelta(days=30)).date(),
    }
    round_ = Round.objects.create(**(defaults | fields))
    round_.themes.set(Theme.objects.safety())
    return round_


def user(role: Role | str, **fields: object) -> User:
    """A member of the cast. Their second factor counts as set up: see `tests.conftest.sign_in`."""
    return User.objects.create_user(
        email=f"{role}@example.org", name=str(role).capitalize(), roles=[role], **fields
    )


def outsider() -> User:
    """Somebody who may sign in and may see nothing."""
    return User.objects.create_user(email="buitenstaander@example.org", roles=[])
