from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from priorities import words
from priorities.departures import Choice, Gap, Lack, departures
from priorities.selectors import WeighingView

RANKS = (1, 2, 3)
REASON_LENGTH = 1000


class WeighForm(forms.Form):
    """Three priorities with reasons, and a reason for every theme of residents' top 3 that may be left out.

    Valid means: can be saved as a draft. What adoption asks on top of that comes in by `add_gaps`.
    """

    marks_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Mapping[str, Any] | None, *, view: WeighingView) -> None:
        self.view = view
        self.surely_in_top = departures(view.evidence.area, ())
        super().__init__(data, initial={"version": 0})
        for rank in RANKS:
            self._add_priority(rank)
        for code in self.surely_in_top:
            self._add_explanation(code)

    @classmethod
    def of_saved(cls, view: WeighingView) -> "WeighForm":
        """The form as it was saved. It is bound, so that a draft asks for the reasons it still lacks."""
        return cls(as_data(view) if view.weighing else None, view=view)

    def _add_priority(self, rank: int) -> None:
        themes = sorted((theme.name, theme.code) for theme in self.view.evidence.themes)
        choices = [("", _("Kies een onderwerp")), *((code, name) for name, code in themes)]
        self.fields[f"theme_{rank}"] = forms.ChoiceField(
            label=_("Nummer %(rank)s") % {"rank": rank}, choices=choices, required=False
        )
        self.fields[f"reason_{rank}"] = _reason_field(_("Reden, voor bewoners"))

    def _add_explanation(self, code: str) -> None:
        name = self.view.evidence.name_of(code)
        self.fields[f"departure_{code}"] = _reason_field(_("Waarom “%(theme)s” niet?") % {"theme": name})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for rank in RANKS:
            self._clean_priority(rank, cleaned, seen)
        return cleaned

    def _clean_priority(self, rank: int, cleaned: dict[str, Any], seen: set[str]) -> None:
        theme, reason = cleaned.get(f"theme_{rank}"), cleaned.get(f"reason_{rank}")
        if theme in seen:
            self.add_error(f"theme_{rank}", _("Dit onderwerp koos u al. Kies een ander onderwerp."))
        elif theme == "" and reason:
            self.add_error(f"theme_{rank}", _("Kies een onderwerp bij deze reden, of haal de reden weg."))
        elif theme:
            seen.add(theme)

    # --- what was filled in -----------------------------------------------------------------------
    def chosen(self) -> list[Choice]:
        """The priorities as filled in; only of a valid form."""
        cleaned = self.cleaned_data
        return [
            Choice(rank, cleaned[f"theme_{rank}"], cleaned[f"reason_{rank}"])
            for rank in RANKS
            if cleaned[f"theme_{rank}"]
        ]

    def explanations(self) -> dict[str, str]:
        """The reasons for leaving a theme out, by its code; only of a valid form."""
        return {code: self.cleaned_data[f"departure_{code}"] for code in self.surely_in_top}

    def readable(self) -> dict[str, str]:
        """What stands in each field, as text under the field's label; also of an invalid form."""
        return readable(self.view, {name: str(self[name].value() or "") for name in self.fields})

    # --- what is missing --------------------------------------------------------------------------
    def add_gaps(self, gaps: Iterable[Gap]) -> None:
        """Show what is missing at the fields and in the summary."""
        for gap in gaps:
            self.add_error(_field_of(gap), words.gap_text(gap, self.view.evidence, self.view.wijk.name))

    # --- how it is drawn --------------------------------------------------------------------------
    @property
    def priority_fields(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        return [(rank, self[f"theme_{rank}"], self[f"reason_{rank}"]) for rank in RANKS]

    @property
    def departure_fields(self) -> list[forms.BoundField]:
        """The fields for themes that are left out by what the form holds now."""
        return [self[f"departure_{code}"] for code in self.departing]

    @property
    def parked_fields(self) -> list[forms.BoundField]:
        """Reasons typed before their theme was chosen after all: kept out of sight, not lost."""
        parked = (self[f"departure_{code}"] for code in self.surely_in_top if code not in self.departing)
        return [field for field in parked if field.value()]

    @property
    def departing(self) -> tuple[str, ...]:
        picked = {self[f"theme_{rank}"].value() for rank in RANKS} - {"", None}
        return departures(self.view.evidence.area, picked) if picked else ()


def _reason_field(label: str) -> forms.CharField:
    too_long = _("Maak de reden korter: hoogstens %(limit_value)s tekens. U hebt er nu %(show_value)s.")
    field = forms.CharField(
        label=label,
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": too_long},
    )
    # A browser would cut off a text that is pasted in; the server says that it is too long.
    del field.widget.attrs["maxlength"]
    return field


def _field_of(gap: Gap) -> str:
    if gap.lack is Lack.UNEXPLAINED:
        return f"departure_{gap.theme}"
    return f"reason_{gap.rank}" if gap.lack is Lack.NO_REASON else f"theme_{gap.rank}"


def as_data(view: WeighingView) -> dict[str, str]:
    """A saved weighing as the form would post it."""
    data = {f"theme_{choice.rank}": choice.theme for choice in view.chosen}
    data |= {f"reason_{choice.rank}": choice.reason for choice in view.chosen}
    data |= {f"departure_{code}": reason for code, reason in view.explanations.items()}
    return {**data, "version": str(view.weighing.version if view.weighing else 0)}


def readable(view: WeighingView, data: Mapping[str, str]) -> dict[str, str]:
    """Form data as a person reads it: labels for names, themes by name, without the version."""
    evidence = view.evidence
    texts: dict[str, str] = {}
    for rank in RANKS:
        values = {"rank": rank}
        theme = data.get(f"theme_{rank}", "")
        texts[_("Nummer %(rank)s") % values] = evidence.name_of(theme) if theme else ""
        texts[_("Reden bij nummer %(rank)s") % values] = data.get(f"reason_{rank}", "")
    for theme_evidence in evidence.themes:
        label = _("Waarom “%(theme)s” niet?") % {"theme": theme_evidence.name}
        texts[label] = data.get(f"departure_{theme_evidence.code}", "")
    return texts
