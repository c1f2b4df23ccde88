"""The charts of the style page: each kind in every state. The figures stand for nothing."""

from haarlemveilig.ui.charts import (
    Bar,
    BarChart,
    Interval,
    IntervalChart,
    Line,
    LineChart,
    Point,
    SmallMultiples,
    State,
    Target,
)
from haarlemveilig.ui.charts.scale import POINT_AND_COMMA

YEARS = range(2019, 2026)
MISSING: dict[str, State] = {"volgt": "pending", "niet gemeten": "missing"}


def _printed(value: float | str, unit: str = "") -> str:
    return value if isinstance(value, str) else f"{value:,}{unit}".translate(POINT_AND_COMMA)


def _point(year: int, value: float | str, unit: str = "") -> Point:
    if isinstance(value, str):
        return Point(str(year), None, value, state=MISSING[value])
    return Point(str(year), value, _printed(value, unit))


def _line(
    label: str, *values: float | str, start: int = 2019, emphasis: bool = False, unit: str = ""
) -> Line:
    points = tuple(_point(year, value, unit) for year, value in enumerate(values, start=start))
    return Line(label, points, emphasis)


STATES = LineChart(
    "Meldingen van overlast dalen sinds 2022, maar het doel is nog ver",
    (
        Line(
            "Meldingen",
            (
                Point("2019", 282, "282"),
                Point("2020", None, "niet gemeten", "Geen meting door corona", state="missing"),
                Point("2021", 403, "403"),
                Point("2022", 396, "396", "Nieuwe manier van tellen", state="break"),
                Point("2023", 341, "341"),
                Point("2024", 268, "268", "Nog niet door de politie vastgesteld", state="provisional"),
                Point("2025", None, "volgt", state="pending"),
            ),
        ),
    ),
    "meldingen bij de politie per jaar",
    (Target("streefwaarde 2027: ≤ 180", 180, period="2027"),),
)
FIVE = LineChart(
    "In Parkwijk stijgt het aantal meldingen, elders niet",
    (
        _line("Parkwijk", 118, 131, 129, 146, 163, 171, 190, emphasis=True),
        _line("Haarlemmer\u00adhout\u00adkwartier", 96, 90, 88, "niet gemeten", 80, 77, 74),
        _line("Waarder- en Veerpolder", 70, 84, 81, 79, 77, 75, 73),
        _line("Oude Stad", 141, 139, 150, 144, 137, 130, 71),
        _line("Duinwijk", 12, 14, 9, 11, 10, 13, "volgt"),
    ),
    "meldingen per 10.000 bewoners",
)
SURVEY = LineChart(
    "Het gevoel van veiligheid in de buurt bleef ongeveer gelijk",
    (
        Line(
            "Haarlem",
            (
                Point("2017", 81, "81%", low=79, high=83),
                Point("2019", 83, "83%", low=81, high=85),
                Point("2021", 82, "82%", low=80, high=84),
                Point("2023", 80, "80%", low=78.4, high=81.6),
            ),
        ),
        Line(
            "Parkwijk",
            (
                Point("2017", 71, "71%", low=64, high=78),
                Point("2019", 74, "74%", low=68, high=80),
                Point("2021", 69, "69%", low=61, high=77),
                Point("2023", 72, "72%", low=65, high=79),
            ),
            emphasis=True,
        ),
    ),
    "%",
    (Target("streefwaarde 2027: 75 tot 80%", 75, 80, "2027"),),
    base="data",
)
LONG = LineChart(
    "Inbraken daalden in 24 jaar van 2.104 naar 486",
    (
        _line(
            "Inbraken",
            *(2104, 1987, 2011, 1876, 1790, 1820, 1711, 1652, 1688, 1540, 1602, 1498),
            *(1377, 1420, 1210, 1105, 990, 934, 870, 641, 598, 566, 531, 486),
            start=2002,
        ),
    ),
)
MANY = LineChart(
    "Twee van acht gebieden steken uit",
    tuple(
        _line(name, *(base + (step * base) % 7 - step * 2 for step in range(7)), emphasis=base > 70)
        for name, base in zip(
            ("Noord", "Oost", "Centrum", "Schalkwijk", "Zuid-West", "Spaarndam", "Haven", "Buiten"),
            (40, 44, 95, 52, 33, 82, 61, 28),
            strict=True,
        )
    ),
)
NOTHING = LineChart(
    "Het eerste cijfer komt in 2026",
    (_line("Nieuw cijfer", "niet gemeten", "niet gemeten", "niet gemeten", "volgt", start=2022),),
)
ONE = LineChart("Er is één meting: 64%", (_line("Kent de wijkagent", 64, start=2024, unit="%"),), "%")
BALANCE = LineChart(
    "Sinds 2022 vertrekken er meer winkels dan er komen",
    (_line("Saldo", 12, 4, 7, -3, -8, -5, -6),),
    "nieuwe winkels min gesloten winkels",
)
LINE_CHARTS = (
    ("Alle toestanden en een doel", STATES),
    ("Vijf lijnen", FIVE),
    ("Marges, doel met twee grenzen, as niet vanaf 0", SURVEY),
    ("24 jaren", LONG),
    ("Meer dan vijf lijnen", MANY),
    ("Boven en onder nul", BALANCE),
    ("Nog geen cijfers", NOTHING),
    ("Eén cijfer", ONE),
)
MULTIPLES = SmallMultiples(
    "In de meeste wijken daalt het aantal meldingen",
    (
        _line("Parkwijk", 31, 29, 30, 27, 26, 24, 22, emphasis=True),
        _line("Haarlemmer\u00adhout\u00adkwartier", 18, 17, "niet gemeten", 15, 15, 13, 12),
        _line("Waarder- en Veerpolder", 9, 9, 8, 8, 8, 7, 7),
        _line("Oude Stad", 44, 41, 43, 39, 35, 33, "volgt"),
        _line("Duinwijk", 5, 4, 0, 0, 2, 1, 0),
        _line("Meerwijk", *["niet gemeten"] * 7),
        _line("Spaarndam", "niet gemeten", "niet gemeten", 3, "niet gemeten", 4, 5, 6),
        _line("Delftwijk", 21, 22, 22, 23, 25, 24, 26),
    ),
    "meldingen per 1.000 bewoners",
)
BAR_CHARTS = (
    (
        "Staven met nadruk",
        BarChart(
            "Delftwijk heeft de meeste meldingen van de vier",
            (
                Bar("Delftwijk", 403, "403", emphasis=True),
                Bar("Haarlemmerhoutkwartier", 268, "268", "voorlopig", state="provisional"),
                Bar("Parkwijk", 0, "0"),
                Bar("Spaarndam", None, "volgt", state="pending"),
            ),
            "meldingen in 2024",
        ),
    ),
    (
        "Staven met marge",
        BarChart(
            "Bewoners van Duinwijk voelen zich het vaakst veilig",
            (
                Bar("Duinwijk", 91, "91%", low=86, high=96),
                Bar("Oude Stad", 78, "78%", low=73, high=83),
                Bar("Meerwijk", 66, "66%", low=57, high=75),
            ),
            "%",
        ),
    ),
    (
        "Boven en onder nul",
        BarChart(
            "Alleen in Oost kwamen er meldingen bij",
            (Bar("Oost", 12, "+12%"), Bar("Noord", -4, "-4%"), Bar("Schalkwijk", -19, "-19%")),
            "%",
        ),
    ),
)
INTERVAL_CHARTS = (
    (
        "Plaatsen",
        IntervalChart(
            "Te hard rijden staat zeker in de top 3",
            (
                Interval("Te hard rijden", 1, 2, 1),
                Interval("Afval op straat", 1, 4, 2),
                Interval("Overlast van jongeren", 3, 9, 5, "weinig deelnemers"),
                Interval("Parkeren", 4, 4, 4),
                Interval("Fietsendiefstal", 1, 12, None),
            ),
            12,
        ),
    ),
)
