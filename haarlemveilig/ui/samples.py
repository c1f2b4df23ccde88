"""What the style page shows: one of each, in every state. The figures stand for nothing."""

from typing import Any

from django import forms

from haarlemveilig.ui import chart_samples, charts
from haarlemveilig.ui.forms import DateInput
from haarlemveilig.ui.icons import ICONS


class SampleForm(forms.Form):
    """Every kind of control."""

    postcode = forms.CharField(
        label="Uw postcode",
        help_text="Bijvoorbeeld 2033 AB",
        max_length=7,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    email = forms.EmailField(
        label="Uw e-mailadres",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    wijk = forms.ChoiceField(label="Uw wijk", choices=[("", "Kies een wijk"), ("park", "Parkwijk")])
    how = forms.ChoiceField(
        label="Hoe wilt u meedoen?",
        choices=[("come", "Ik kom naar het gesprek"), ("call", "Bel mij liever")],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label="Wat hebt u nodig?",
        help_text="U mag meer dan één ding kiezen.",
        choices=[("ring", "Ringleiding"), ("sign", "Gebarentolk")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    remark = forms.CharField(label="Wat wilt u kwijt?", widget=forms.Textarea(attrs={"rows": 3}))
    day = forms.DateField(label="Datum", widget=DateInput)
    number = forms.IntegerField(label="Aantal mensen", min_value=1, max_value=9)
    photo = forms.FileField(label="Foto van de plek", required=False)
    agree = forms.BooleanField(label="Ik ben 16 jaar of ouder")


SHARES = (
    charts.Share("Te hard rijden", 0.52, 0.45, 0.59, "plaats 1–2"),
    charts.Share("Afval op straat", 0.44, 0.37, 0.51, "plaats 1–3"),
)
PAIRS = (charts.Pair("16 tot 29 jaar", 0.11, 0.22), charts.Pair("50 tot 69 jaar", 0.38, 0.29))
STATS = (
    charts.Stat("214", "bewoners deden mee"),
    charts.Stat("3,0%", "van alle bewoners vanaf 16 jaar"),
    charts.Stat("17", "wijken boven 100 deelnemers", "van 21"),
)
STEPS = (
    charts.Step("Gedaan", "done", "Dichte knoop, dichte lijn", "September"),
    charts.Step("Nu", "now", "Open knoop", "Oktober", "scales"),
    charts.Step("Straks", "next", "Grijze knoop, stippels ervoor", "November", "document"),
)
STORY = (
    charts.Step("U koos", "done", "52% zette dit in de top 3.", "September", "list"),
    charts.Step("We legden alles naast elkaar", "done", "", "November", "scales", "#top", "Lees de afweging"),
    charts.Step("Werkt het?", "now", "In het voorjaar meten we opnieuw.", "Nu", "chart"),
    charts.Step("Het volgende programma", "next", "", "Januari"),
)
LEGEND = (
    (1, "minder dan 25%"),
    (2, "25 tot 34%"),
    (3, "35 tot 44%"),
    (4, "45 tot 54%"),
    (5, "55% of meer"),
    (0, "te weinig deelnemers"),
)
TILES = (
    charts.Tile(1, 1, "Noord", area_label=True),
    charts.Tile(1, 2, "Vondelkwartier", "Vondel", "#top", "45%", 4),
    charts.Tile(1, 3, "Spaarndam", "Spaarn", "#top", "58%", 5),
    charts.Tile(2, 1, "Duinwijk", "Duin", "#top", "38%", 3),
    charts.Tile(2, 2, "Oude Stad", "Oude St", "#top", "18%", 1),
    charts.Tile(2, 3, "Parkwijk", "Park", "#top", "31%", 2),
    charts.Tile(3, 2, "Haarlemmer\u00adhout\u00adkwartier", "Hout", "", "36%", 3),
    charts.Tile(3, 3, "Waarder- en Veerpolder", "Waard", "#top", "–", 0, hint="te weinig deelnemers"),
)


def parts() -> dict[str, Any]:
    """The context of the style page."""
    return {
        "sample_form": SampleForm(initial={"wijk": "park", "how": "come"}, auto_id="vrij_%s"),
        "faulty_form": SampleForm({"postcode": "2033", "email": "marit"}, auto_id="fout_%s"),
        "shares": SHARES,
        "pairs": PAIRS,
        "stats": STATS,
        "row": STEPS,
        "story": STORY,
        "legend": LEGEND,
        "tiles": TILES,
        "spark": charts.Spark((812, 1190, 1034, None, 990, 948)),
        "ranked": ("Te hard rijden", "Afval op straat"),
        "line_charts": chart_samples.LINE_CHARTS,
        "bar_charts": chart_samples.BAR_CHARTS,
        "multiples": chart_samples.MULTIPLES,
        "interval_charts": chart_samples.INTERVAL_CHARTS,
        "icons": sorted(ICONS),
        "trail": (("Start", "#top"), ("Mijn wijk", "#top"), ("Parkwijk", "#top")),
    }
