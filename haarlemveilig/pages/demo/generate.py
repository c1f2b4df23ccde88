"""Invented files in the official layouts, and invented ballots, for the demo. Same seed, same result."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
MUNICIPALITY = "392"
PC6_PER_BUURT = 12
HOUSE_NUMBERS = (1, 2, 5)
# The post office leaves out letters that look alike, and three pairs with a bad past.
LETTERS = "ABCDEGHJKLMNPRSTVWXZ"
FORBIDDEN_PAIRS = {"SA", "SD", "SS"}
# Odd house numbers lie in the first buurt, even ones in the second, which is in another wijk.
SHARED_POSTCODES = {"2011ZZ": ("3920102", "3920204"), "2032ZZ": ("3920702", "3920801")}
FOREIGN_POSTCODES = ("2101AA", "2102AB", "2103AC", "2104AD")
FOREIGN_BUURT = ("3970101", "39701", "397")

CRIME_YEARS = (2021, 2022, 2023, 2024)
AGE_COLUMNS = (
    "k_0Tot15Jaar_8",
    "k_15Tot25Jaar_9",
    "k_25Tot45Jaar_10",
    "k_45Tot65Jaar_11",
    "k_65JaarOfOuder_12",
)
UNKNOWN = "       ."
UNKNOWN_AGE = ("WK039217", "k_65JaarOfOuder_12")
UNKNOWN_CRIME = ("WK039217", "1.4.6", 2021)
MISSING_CRIME = ("WK039208", "3.1.1", 2022)

MONITOR_YEARS = (2021, 2023, 2025)
MARGINS = {"MW00000": 0, "MOG0095": -1, "MBG0095": 1}
# The usual level and half of the margin; the number behind each name changes with every table of CBS.
MONITOR_FIGURES = {
    "RapportcijferLeefbaarheid_1": (7.4, 0.1),
    "VoeltZichWeleensOnveiligInBuurt_2": (16.8, 1.9),
    "VeelOverlastVanVerkeer_3": (24.5, 2.2),
    "SlachtofferVanTraditioneleCriminaliteit_4": (15.2, 1.8),
}

ABSTENTION = 0.03
LENGTHS = {1: 8, 2: 14, 3: 78}


@dataclass(frozen=True)
class SyntheticBallot:
    """One invented ballot. An empty ranking means no preference; "" as age or gender means not given."""

    wijk: str
    ranking: tuple[str, ...]
    age_band: str
    gender: str


@dataclass(frozen=True)
class Profile:
    """What the demo invents about one wijk."""

    postcode: int
    population: int
    age_percent: tuple[int, ...]
    participation: int
    crime: float
    preferences: Mapping[str, float]


@cache
def _invented() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((HERE / "wijkprofielen.json").read_text(encoding="utf-8"))
    return data


@cache
def profiles() -> dict[str, Profile]:
    """The invented profile per wijk code, in code order."""
    wijken = _invented()["wijken"]
    return {
        code: Profile(**{**row, "age_percent": tuple(row["age_percent"])}) for code, row in wijken.items()
    }


def postcodes(path: Path, *, year: int = 2024) -> None:
    """Write a CBS file of postcodes and house numbers.

    Twelve postcodes per buurt, two that lie in two wijken, and four of a neighbouring municipality.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(["PC6", "Huisnummer", f"Buurt{year}", f"Wijk{year}", f"Gemeente{year}"])
        writer.writerows(_postcode_rows())


def _postcode_rows() -> Iterator[tuple[str, int, str, str, str]]:
    for code, buurt in _plain_postcodes():
        for number in HOUSE_NUMBERS:
            yield code, number, *_in_haarlem(buurt)
    for code, (odd, even) in SHARED_POSTCODES.items():
        for number in range(1, 11):
            yield code, number, *_in_haarlem(odd if number % 2 else even)
    for code in FOREIGN_POSTCODES:
        yield code, 1, *FOREIGN_BUURT


def _in_haarlem(buurt: str) -> tuple[str, str, str]:
    return buurt, buurt[:-2], MUNICIPALITY


def _plain_postcodes() -> Iterator[tuple[str, str]]:
    """Postcode and buurt number. Wijken that share four digits draw their letters from one sequence."""
    pairs = ["".join(pair) for pair in product(LETTERS, repeat=2)]
    letters = {
        wijk.postcode: iter([p for p in pairs if p not in FORBIDDEN_PAIRS]) for wijk in profiles().values()
    }
    with (HERE / "buurten.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            digits = profiles()[row["wijkcode"]].postcode
            for _ in range(PC6_PER_BUURT):
                yield f"{digits}{next(letters[digits])}", row["buurtcode"].removeprefix("BU").lstrip("0")


def population(path: Path) -> None:
    """Write a CBS file "Kerncijfers wijken en buurten" of 163,000 people; one age group is unknown."""
    rows = [_population_row(number, code, wijk) for number, (code, wijk) in enumerate(profiles().items())]
    _write_odata(path, "verzonnen cijfers in de vorm van CBS 85984NED", rows)


def _population_row(number: int, code: str, wijk: Profile) -> dict[str, Any]:
    men = _to_fives(wijk.population * 0.49)
    ages = [_to_fives(wijk.population * percent / 100) for percent in wijk.age_percent[:-1]]
    ages.append(wijk.population - sum(ages))
    row = {
        "ID": number,
        "WijkenEnBuurten": f"{code:<10}",
        "Gemeentenaam_1": f"{'Haarlem':<40}",
        "SoortRegio_2": f"{'Wijk':<10}",
        "Codering_3": f"{code:<10}",
        "AantalInwoners_5": _padded(wijk.population),
        "Mannen_6": _padded(men),
        "Vrouwen_7": _padded(wijk.population - men),
        **{column: _padded(count) for column, count in zip(AGE_COLUMNS, ages, strict=True)},
    }
    return {column: UNKNOWN if (code, column) == UNKNOWN_AGE else value for column, value in row.items()}


def population_groups(path: Path) -> None:
    """Write how many people of each age band and gender live in each wijk, as a population register gives it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerow(["wijkcode", "geslacht", "vanaf", "tot_en_met", "aantal"])
        for code, wijk in profiles().items():
            for first, last, share in _groups(wijk.age_percent):
                people = wijk.population * share / 100
                for gender, part in (("m", 0.49), ("v", 0.51)):
                    writer.writerow([code, gender, first, last, round(people * part)])


def _groups(percent: Sequence[int]) -> Iterator[tuple[int, str, float]]:
    """From the bands of CBS (to 15, 25, 45, 65) to those of the ballot, as if ages were spread evenly in a band."""
    _young, youth, adults, older, old = percent
    yield 16, "34", youth * 0.9 + adults * 0.5
    yield 35, "64", adults * 0.5 + older
    yield 65, "", old


def _to_fives(number: float) -> int:
    """CBS rounds counts of people to fives."""
    return 5 * round(number / 5)


def _padded(number: float | str) -> str:
    return f"{number:>8}"


def _write_odata(path: Path, note: str, rows: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps({"odata.metadata": note, "value": rows}, indent=1), encoding="utf-8")


def crime(path: Path, *, seed: int = 2024) -> None:
    """Write a CBS file of registered crime per wijk, kind and year; one count is null and one is a dot."""
    rng = Random(seed)  # noqa: S311 - invented figures, nothing to guess
    kinds = crime_themes()
    keys = [(wijk, kind, year) for wijk in profiles() for kind in kinds for year in CRIME_YEARS]
    rows = [_crime_row(number, key, kinds[key[1]], rng) for number, key in enumerate(keys)]
    _write_odata(path, "verzonnen cijfers in de vorm van CBS 47018NED", rows)


def monitor(path: Path, *, seed: int = 2021) -> None:
    """Write a file like CBS gives of the Veiligheidsmonitor: each figure with its lower and upper margin."""
    rng = Random(seed)  # noqa: S311 - invented figures, nothing to guess
    keys = [(year, margin) for year in MONITOR_YEARS for margin in MARGINS]
    drift = {year: rng.uniform(-0.04, 0.04) for year in MONITOR_YEARS}
    rows = [
        {
            "ID": number,
            "Marges": margin,
            "RegioS": f"GM0{MUNICIPALITY}",
            "Perioden": f"{year}JJ00",
            **{
                name: _padded(f"{level * (1 + drift[year]) + MARGINS[margin] * width:.1f}")
                for name, (level, width) in MONITOR_FIGURES.items()
            },
        }
        for number, (year, margin) in enumerate(keys)
    ]
    _write_odata(path, "verzonnen cijfers in de vorm van CBS 85146NED", rows)


def crime_themes() -> dict[str, str]:
    """Which theme a kind of crime belongs to, by its code."""
    kinds = json.loads((HERE / "misdrijven_themas.json").read_text(encoding="utf-8"))
    return {code: kind["theme"] for code, kind in kinds.items()}


def _crime_row(number: int, key: tuple[str, str, int], theme: str, rng: Random) -> dict[str, Any]:
    code, kind, year = key
    wijk = profiles()[code]
    count = round(_expected_crimes(wijk, kind, theme) * rng.uniform(0.7, 1.3))
    counted, per_1000 = _padded(count), _padded(f"{1000 * count / wijk.population:.1f}")
    return {
        "ID": number,
        "SoortMisdrijf": f"{kind:<6}",
        "WijkenEnBuurten": f"{code:<10}",
        "Perioden": f"{year}JJ00",
        "GeregistreerdeMisdrijven_1": _withheld(key, counted),
        "GeregistreerdeMisdrijvenPer1000Inw_2": _withheld(key, per_1000),
    }


def _expected_crimes(wijk: Profile, kind: str, theme: str) -> float:
    """Where residents mind a theme more, somewhat more of it is registered."""
    per_1000: float = _invented()["crime_per_1000"][kind]
    return per_1000 * wijk.population / 1000 * wijk.crime * sqrt(wijk.preferences.get(theme, 1))


def _withheld(key: tuple[str, str, int], value: str) -> str | None:
    if key == MISSING_CRIME:
        return None
    return UNKNOWN if key == UNKNOWN_CRIME else value


def ballots(
    wijken: Sequence[str], themes: Sequence[str], n: int = 4000, seed: int = 2026
) -> Iterator[SyntheticBallot]:
    """Invent `n` ballots over these wijk and theme codes, in mixed order.

    Every code must be known to `profiles()` and to the city's preferences; another one is a KeyError.
    """
    rng = Random(seed)  # noqa: S311 - invented ballots, nothing to guess
    places = [wijk for wijk, count in _turnout(wijken, n).items() for _ in range(count)]
    rng.shuffle(places)
    for wijk in places:
        yield _ballot(rng, wijk, themes)


def _turnout(wijken: Sequence[str], n: int) -> dict[str, int]:
    """Divide `n` by the profiles' participation; what rounding leaves goes to the largest remainders."""
    weights = {wijk: profiles()[wijk].participation for wijk in wijken}
    exact = {wijk: n * weight / sum(weights.values()) for wijk, weight in weights.items()}
    counts = {wijk: int(share) for wijk, share in exact.items()}
    by_remainder = sorted(exact, key=lambda wijk: (counts[wijk] - exact[wijk], wijk))
    for wijk in by_remainder[: n - sum(counts.values())]:
        counts[wijk] += 1
    return counts


def _ballot(rng: Random, wijk: str, themes: Sequence[str]) -> SyntheticBallot:
    age, gender = _drawn(rng, "ages"), _drawn(rng, "genders")
    if rng.random() < ABSTENTION:
        return SyntheticBallot(wijk, (), age, gender)
    length = rng.choices(list(LENGTHS), list(LENGTHS.values()))[0]
    # The theme that "arrives" first is chosen first: its chance is its share of all weights left.
    arrivals = {theme: rng.expovariate(_weight(theme, wijk, age, gender)) for theme in themes}
    return SyntheticBallot(wijk, tuple(sorted(arrivals, key=arrivals.__getitem__)[:length]), age, gender)


def _drawn(rng: Random, group: str) -> str:
    shares = {name: row["share"] for name, row in _invented()[group].items()}
    return rng.choices(list(shares), list(shares.values()))[0]


def _weight(theme: str, wijk: str, age: str, gender: str) -> float:
    """How much this kind of resident minds a theme: the city's weight, coloured by wijk, age and gender."""
    data = _invented()
    tastes = (
        profiles()[wijk].preferences,
        data["ages"][age]["preferences"],
        data["genders"][gender]["preferences"],
    )
    weight: float = data["city"][theme]
    for taste in tastes:
        weight *= taste.get(theme, 1)
    return weight
