"""One cell: its text, and what a person says of it beside that."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.cells import parse, parse_target
from indicators.models import Observation, Status
from indicators.periods import Period
from indicators.selectors.editing import GridCell, Stored, seen_cells
from indicators.services.editing import WITH_VALUE, WITHOUT_VALUE, CellEdit, Details

PRINTED_LENGTH = 200
HIGHEST_ID = 2**63 - 1
FOLLOWS = ("", gettext_lazy("Volgt uit de tekst"))


class DetailsForm(forms.Form):
    """What a person says of one cell, beside its text."""

    status = forms.ChoiceField(
        label=gettext_lazy("Stand"),
        required=False,
        choices=[
            FOLLOWS,
            (gettext_lazy("Met een cijfer"), [(one.value, one.label) for one in WITH_VALUE]),
            (gettext_lazy("Zonder cijfer"), [(one.value, one.label) for one in WITHOUT_VALUE]),
        ],
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom is er geen cijfer?"),
        help_text=gettext_lazy("Lezers zien dit bij het lege vak."),
        max_length=200,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Noot"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    measured = forms.CharField(
        label=gettext_lazy("Gemeten in"),
        help_text=gettext_lazy("Alleen als dat iets anders is dan de kolom, zoals 2020 of 2020-Q4."),
        max_length=10,
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Reden van de wijziging, alleen voor dit vak"), max_length=300, required=False
    )
    marks_optional = False

    def __init__(self, *args: Any, cell: GridCell | None = None, text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cell = cell
        self.typed = text
        if cell and cell.is_target:
            del self.fields["measured"]

    def clean_measured(self) -> Period | None:
        code = self.cleaned_data["measured"].strip()
        period = Period.from_code(code)
        if code and period is None:
            raise forms.ValidationError(
                _("‘%(code)s’ is geen jaar, kwartaal of maand. Typ bijvoorbeeld 2020, 2020-Q4 of 2020-11.")
                % {"code": code}
            )
        return None if self.cell and period == self.cell.column.period else period

    def clean(self) -> dict[str, Any]:
        status = self.cleaned_data.get("status", "")
        problem = _misfit(self._text(), self.cell, status)
        if problem:
            self.add_error("status", problem)
        elif status in WITHOUT_VALUE and status != Status.PENDING and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Schrijf op waarom er geen cijfer is."))
        return self.cleaned_data

    def _text(self) -> str:
        return self.typed

    @property
    def details(self) -> Details:
        said = self.cleaned_data
        return Details(said["status"], said["reason"], said["note"], said.get("measured"))


def _misfit(text: str, cell: GridCell | None, status: str) -> str:
    """Why this status does not go with this text, or ""."""
    read = parse_target(text) if cell and cell.is_target else parse(text)
    if status in WITH_VALUE and read.kind not in ("number", "range"):
        return _("Bij deze stand hoort één getal. Vul het in, of kies een stand zonder cijfer.")
    if status in WITHOUT_VALUE and read.kind in ("number", "range", "composite"):
        return _("In dit vak staat een cijfer. Maak het vak leeg, of kies een stand met een cijfer.")
    return ""


def details_of(saved: Stored | None) -> dict[str, str]:
    """What DetailsForm shows of a stored cell."""
    if saved is None:
        return {"status": "", "reason": "", "note": "", "measured": ""}
    measured = saved.measured.code if isinstance(saved, Observation) and saved.measured else ""
    status = saved.status if saved.status in (*WITH_VALUE, *WITHOUT_VALUE) else ""
    return {"status": status, "reason": saved.reason, "note": saved.note, "measured": measured}


class CellForm(DetailsForm):
    """One cell on a page of its own."""

    text = forms.CharField(label=gettext_lazy("In het vak"), max_length=PRINTED_LENGTH, required=False)
    seen = forms.IntegerField(required=False, min_value=1, max_value=HIGHEST_ID, widget=forms.HiddenInput)
    field_order = ["text", "status", "reason", "note", "measured", "why"]

    def _text(self) -> str:
        return str(self.cleaned_data.get("text", ""))

    @property
    def edit(self) -> CellEdit:
        """Needs a valid form about a cell."""
        assert self.cell is not None  # noqa: S101  for the type checker: the view always gives one
        said, key = self.cleaned_data, self.cell.key
        seen = seen_cells([self.cell], {key: said["seen"]})[key]
        return CellEdit(
            self.cell.series_id, self.cell.column, seen, said["text"],
            details=self.details, reason=said["why"], name=self.cell.label,
        )  # fmt: skip
