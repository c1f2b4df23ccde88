from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.cells import parse
from indicators.models import Target
from indicators.services.targets import Reading
from indicators.verdicts import UNMEASURABLE, number

BY_CRITERION, NOT_MEASURABLE = "criterion", "not_measurable"
CRITERION_LENGTH = 500


class InterpretForm(forms.Form):
    """How a target is to be read. A target in words may also get a criterion, or a reason why it has none."""

    marks_optional = False

    reading = forms.ChoiceField(
        label=gettext_lazy("Hoe lezen we deze streefwaarde?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies hoe we deze streefwaarde lezen.")},
    )
    value = forms.CharField(
        label=gettext_lazy("Het getal in de tekst"),
        help_text=gettext_lazy("Alleen bij hoogstens, ten minste of precies. Bijvoorbeeld: 6.500"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "hv-short-answer"}),
    )
    criterion = forms.CharField(
        label=gettext_lazy("Het criterium, of waarom het niet te meten is"),
        help_text=gettext_lazy(
            "Alleen bij tekst. Schrijf waaraan iemand kan zien of het gelukt is, of maak af: niet meetbaar, want …"
        ),
        required=False,
        max_length=CRITERION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, target: Target) -> None:
        self.is_text = parse(target.printed).kind == "text"
        super().__init__(data, initial=_initial(target))
        choices = list(Target.Interpretation.choices)
        if self.is_text:
            choices += [
                (BY_CRITERION, _("Als tekst: een mens beoordeelt het met een criterium")),
                (NOT_MEASURABLE, _("Niet meetbaar")),
            ]
        else:
            del self.fields["value"], self.fields["criterion"]
        field = self.fields["reading"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what stands above
        field.choices = choices

    def clean_value(self) -> Decimal | None:
        text = self.cleaned_data["value"].strip()
        if not text:
            return None
        cell = parse(text)
        if cell.value is None or cell.comparator or cell.note_mark:
            raise forms.ValidationError(_("Vul één getal in, zoals 6.500 of 12,5."))
        return cell.value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_text or "reading" not in cleaned:
            return cleaned
        if cleaned["reading"] in Target.Interpretation.values:
            if "value" in cleaned and cleaned["value"] is None:
                self.add_error("value", _("Vul het getal in dat we vergelijken."))
        elif not cleaned.get("criterion"):
            self.add_error("criterion", _MISSING[cleaned["reading"]])
        return cleaned

    @property
    def said(self) -> Reading:
        """What the person said; only of a valid form."""
        reading, criterion = self.cleaned_data["reading"], self.cleaned_data.get("criterion", "")
        if reading == BY_CRITERION:
            return Reading(criterion=criterion)
        if reading == NOT_MEASURABLE:
            return Reading(criterion=_unmeasurable(criterion))
        return Reading(interpretation=reading, value=self.cleaned_data.get("value"))


_MISSING = {
    BY_CRITERION: gettext_lazy("Schrijf het criterium op."),
    NOT_MEASURABLE: gettext_lazy("Schrijf op waarom dit niet te meten is."),
}


def _unmeasurable(why: str) -> str:
    """The reason as a sentence: "Niet meetbaar, want niemand telt dit."."""
    if why.casefold().startswith(UNMEASURABLE):
        return why
    return f"Niet meetbaar, want {why.removeprefix('want ')}"


def _initial(target: Target) -> dict[str, str]:
    if target.criterion:
        is_unmeasurable = target.criterion.casefold().startswith(UNMEASURABLE)
        reading = NOT_MEASURABLE if is_unmeasurable else BY_CRITERION
        return {"reading": reading, "criterion": target.criterion}
    value = "" if target.value is None else number(target.value)
    return {"reading": target.interpretation, "value": value}
