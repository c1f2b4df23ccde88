from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haarlemveilig.ui.forms import DateInput
from indicators.models import Direction, Indicator, IndicatorAlias, Source, SourceAlias
from indicators.names import folded
from indicators.services.definitions import ALIASES, INDICATOR_FIELDS, SOURCE_FIELDS, fingerprint, values_of
from indicators.verdicts import number

LABELS = dict([*Direction.choices, *Source.Kind.choices])


@dataclass(frozen=True)
class UsedName:
    """A name or another name, and whose it is."""

    pk: int
    name: str
    owner: str


@dataclass(frozen=True)
class Difference:
    """One field that two people filled in differently, as text."""

    label: str
    typed: str
    now: str


class DescribingForm(forms.ModelForm):
    """What indicators and sources share: other names, and telling when somebody else was first."""

    marks_optional = False

    aliases = forms.CharField(
        label=gettext_lazy("Andere namen"),
        help_text=gettext_lazy("Zo heet het in tabellen en bestanden. Eén naam per regel."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = values_of(self.instance)
        self.initial[ALIASES] = "\n".join(said[ALIASES])
        self.initial["seen"] = fingerprint(said)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        other = self._owner_of(name)
        if other:
            raise forms.ValidationError(_("Deze naam hoort al bij ‘%(other)s’.") % {"other": other})
        return name

    def clean_aliases(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data[ALIASES].splitlines())
        names = list({folded(line): line for line in lines if line}.values())
        longest = self.instance._meta.get_field("name").max_length
        for name in names:
            if len(name) > longest:
                raise forms.ValidationError(
                    _("Maak deze naam korter, hoogstens %(count)s tekens: %(name)s")
                    % {"count": longest, "name": name}
                )
            other = self._owner_of(name)
            if other:
                raise forms.ValidationError(
                    _(
                        "‘%(name)s’ hoort al bij ‘%(other)s’. Haal de naam hier weg, of haal hem daar eerst weg."
                    )
                    % {"name": name, "other": other}
                )
        return sorted(names)

    def _owner_of(self, name: str) -> str:
        """What another indicator or source of this name is called; "" if the name is free."""
        others = (one for one in self._names if one.pk != self.instance.pk)
        return next((one.owner for one in others if folded(one.name) == folded(name)), "")

    @cached_property
    def _names(self) -> list[UsedName]:
        if isinstance(self.instance, Indicator):
            rows = (
                *Indicator.objects.values_list("pk", "name", "name"),
                *IndicatorAlias.objects.values_list("indicator_id", "name", "indicator__name"),
            )
        else:
            rows = (
                *Source.objects.values_list("pk", "name", "name"),
                *SourceAlias.objects.values_list("source_id", "name", "source__name"),
            )
        return [UsedName(*row) for row in rows]

    def _post_clean(self) -> None:
        """Nothing: the row stays as it is until the service saves it."""

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, as the service takes it; only of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def differences(self, now: Mapping[str, Any]) -> list[Difference]:
        """Where what was filled in is not what stands there now; only of a valid form."""
        return [
            Difference(str(self[name].label), _readable(value), _readable(now[name]))
            for name, value in self.values.items()
            if fingerprint({name: value}) != fingerprint({name: now[name]})
        ]


def _readable(value: Any) -> str:
    if value is None or value == "":
        return _("leeg")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, list):
        return ", ".join(value)
    return str(LABELS.get(value, value)) if isinstance(value, str) else str(value)


class IndicatorForm(DescribingForm):
    """The definition of an indicator."""

    class Meta:
        model = Indicator
        fields = INDICATOR_FIELDS
        localized_fields = ("band_low", "band_high")
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 4}),
            "question": forms.Textarea(attrs={"rows": 2}),
            "numerator": forms.Textarea(attrs={"rows": 2}),
            "denominator": forms.Textarea(attrs={"rows": 2}),
            "unit": forms.TextInput(attrs={"class": "hv-short-answer"}),
            "direction": forms.RadioSelect,
            "band_low": forms.TextInput(attrs={"class": "hv-short-answer", "inputmode": "decimal"}),
            "band_high": forms.TextInput(attrs={"class": "hv-short-answer", "inputmode": "decimal"}),
            "direction_note": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "name": gettext_lazy("Naam"),
            "definition": gettext_lazy("Omschrijving in gewone taal"),
            "question": gettext_lazy("Vraag in de enquête"),
            "numerator": gettext_lazy("Teller: wat tellen we?"),
            "denominator": gettext_lazy("Noemer: van hoeveel?"),
            "unit": gettext_lazy("Eenheid"),
            "scale": gettext_lazy("Schaal"),
            "decimals": gettext_lazy("Cijfers achter de komma"),
            "direction": gettext_lazy("Wat is beter?"),
            "direction_note": gettext_lazy("Uitleg bij wat beter is"),
            "band_low": gettext_lazy("Bandbreedte van"),
            "band_high": gettext_lazy("Bandbreedte tot"),
            "theme": gettext_lazy("Thema"),
            "owner": gettext_lazy("Eigenaar"),
            "is_sensitive": gettext_lazy("Gevoelig: laat kleine aantallen in wijken niet los zien"),
        }
        help_texts = {
            "name": gettext_lazy("Verandert u de naam? Dan blijft de oude staan bij de andere namen."),
            "definition": gettext_lazy(
                "Wat is er geteld of gevraagd? Schrijf het zoals u het een bewoner uitlegt."
            ),
            "unit": gettext_lazy("Bijvoorbeeld: aantal, %, rapportcijfer."),
            "scale": gettext_lazy("Bijvoorbeeld: 1 tot 10."),
            "direction_note": gettext_lazy(
                "Verplicht bij ‘vraagt uitleg’. Bijvoorbeeld: meer meldingen kan ook goed zijn."
            ),
            "band_low": gettext_lazy("Alleen bij ‘binnen een bandbreedte’."),
            "owner": gettext_lazy("Het team dat over dit cijfer gaat."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        direction = cleaned.get("direction")
        if direction == Direction.AMBIGUOUS and not cleaned.get("direction_note"):
            self.add_error("direction_note", _("Leg uit waarom hoger of lager niet zomaar beter is."))
        if direction == Direction.BAND:
            self._clean_band(cleaned.get("band_low"), cleaned.get("band_high"))
        return cleaned

    def _clean_band(self, low: Any, high: Any) -> None:
        for name, end in (("band_low", low), ("band_high", high)):
            if end is None and name not in self.errors:
                self.add_error(name, _("Vul in tussen welke twee getallen het goed is."))
        if low is not None and high is not None and high < low:
            self.add_error("band_high", _("Dit getal is kleiner dan waar de bandbreedte begint."))


class SourceForm(DescribingForm):
    """Who counts or asks, and how."""

    url = forms.URLField(label=gettext_lazy("Webadres"), required=False, assume_scheme="https")

    class Meta:
        model = Source
        fields = SOURCE_FIELDS
        widgets = {"method": forms.Textarea(attrs={"rows": 4}), "next_release": DateInput()}
        labels = {
            "name": gettext_lazy("Naam"),
            "kind": gettext_lazy("Soort"),
            "method": gettext_lazy("Hoe er geteld of gevraagd wordt"),
            "frequency": gettext_lazy("Hoe vaak"),
            "licence": gettext_lazy("Licentie"),
            "next_release": gettext_lazy("Volgende cijfers"),
        }
        help_texts = {
            "frequency": gettext_lazy("Bijvoorbeeld: elk jaar in maart."),
            "licence": gettext_lazy("Bijvoorbeeld: CC BY 4.0."),
        }
