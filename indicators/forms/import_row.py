"""The form on which one row of a file is accepted, skipped or changed."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.decisions import RowDecision
from indicators.models import Indicator, IndicatorAlias
from indicators.names import folded
from indicators.periods import Period
from indicators.table_file import LONGEST, LONGEST_CELL, TableLine


class RowForm(forms.Form):
    """What to do with one row of the file. Only what differs from the file is kept as a decision."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Wat doen we met deze rij?"),
        widget=forms.RadioSelect,
        choices=[
            ("checked", gettext_lazy("Lees de rij in: zo klopt het")),
            ("later", gettext_lazy("Lees de rij in, en laat de voorstellen nog open")),
            ("skip", gettext_lazy("Sla de rij over: er verandert niets")),
        ],
    )
    label = forms.CharField(label=gettext_lazy("Naam in de tabel"), max_length=LONGEST["label"])
    indicator = forms.CharField(
        label=gettext_lazy("Is dit een indicator die er al is?"),
        help_text=gettext_lazy("Kies de naam. Leeg: we zoeken op de naam hierboven, of maken een nieuwe."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "indicatoren"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Bron"),
        max_length=LONGEST["source"],
        widget=forms.TextInput(attrs={"list": "bronnen"}),
    )

    def __init__(
        self, *args: Any, line: TableLine, decision: RowDecision, may_share: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.line, self.decision = line, decision
        self.initial = {
            "choice": decision.choice or "checked",
            "label": decision.label or line.label,
            "indicator": decision.indicator,
            "source": decision.source or line.source,
            "series": "own" if decision.own_series else "shared",
        }
        if line.source_is_proposed:
            self.fields["source"].help_text = _(
                "Het vak is leeg in het bestand. Dit is de bron van de rij erboven."
            )
        if may_share:
            self.fields["series"] = forms.ChoiceField(
                label=_("Welke reeks is dit?"),
                widget=forms.RadioSelect,
                choices=[
                    ("shared", _("dezelfde reeks: het zijn dezelfde cijfers")),
                    ("own", _("een eigen reeks: het is iets anders")),
                ],
            )
        self._add_cells()

    def _add_cells(self) -> None:
        for number, cell in enumerate(self.line.cells):
            heading = cell.column.label
            self.fields[f"text_{number}"] = forms.CharField(
                label=heading,
                required=False,
                max_length=LONGEST_CELL,
                initial=self.decision.texts.get(heading, cell.cell.printed),
            )
            if cell.measured or cell.note or cell.cell.note_mark or heading in self.decision.measured:
                period = cell.measured or cell.column.period
                self.fields[f"measured_{number}"] = forms.CharField(
                    label=_("%(heading)s: gemeten in") % {"heading": heading},
                    help_text=_("Zoals 2020, 2020-Q4 of 2020-11."),
                    max_length=7,
                    initial=self.decision.measured.get(heading, period.code),
                )

    @property
    def row_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if not name.startswith(("text_", "measured_"))]

    @property
    def cell_fields(self) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(("text_", "measured_"))]

    def clean_indicator(self) -> str:
        name: str = self.cleaned_data["indicator"]
        if name and folded(name) not in set(map(folded, indicator_names())):
            raise forms.ValidationError(
                _("Deze indicator is er niet. Kies een naam uit de lijst, of laat dit leeg.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        """Adds `decision`."""
        data = self.cleaned_data
        data["decision"] = RowDecision(
            choice=data.get("choice", ""),
            label=_if_other(data.get("label", ""), self.line.label),
            indicator=data.get("indicator", ""),
            source=_if_other(data.get("source", ""), self.line.source),
            own_series=data.get("series") == "own",
            texts=dict(self._texts()),
            measured=dict(self._measured()),
        )
        return data

    def _texts(self) -> Iterator[tuple[str, str]]:
        for number, cell in enumerate(self.line.cells):
            text = self.cleaned_data.get(f"text_{number}", cell.cell.printed)
            if text != cell.cell.printed:
                yield cell.column.label, text

    def _measured(self) -> Iterator[tuple[str, str]]:
        for number, cell in enumerate(self.line.cells):
            name = f"measured_{number}"
            code = self.cleaned_data.get(name, "")
            if name not in self.fields or not code:
                continue
            if Period.from_code(code) is None:
                self.add_error(
                    name, _("Vul een jaar in, of een kwartaal of maand, zoals 2020-Q4 of 2020-11.")
                )
            elif code != (cell.measured or cell.column.period).code:
                yield cell.column.label, code


def _if_other(text: str, known: str) -> str:
    return text if text != known else ""


def indicator_names() -> list[str]:
    """All names that stand for an indicator, to choose from."""
    names = Indicator.objects.values_list("name", flat=True).order_by("name")
    return [*names, *IndicatorAlias.objects.values_list("name", flat=True).order_by("name")]
