"""Forms for colleagues: paper forms, and helping somebody take part."""

from typing import Any

from django import forms

from haarlemveilig.gemeente.models import PopulationCell
from haarlemveilig.gemeente.selectors import age_bands
from participation.ranking import paper_order
from participation.ranking.codes import LENGTH, normalise
from participation.ranking.forms import CodeForm, PostcodeForm
from participation.ranking.models import Participation, Round
from participation.ranking.services.assisting import CHANNELS, ways_to_help
from participation.ranking.weighting import cell_code

WRONG_LENGTH = "Een code heeft 12 tekens. Laat hem nog een keer voorlezen."
CHANNEL_NAMES = {
    Participation.Channel.TELEPHONE: "aan de telefoon",
    Participation.Channel.COUNTER: "aan de balie",
}
NO_CODE = "Een code heeft 12 tekens. Kijk op het formulier en typ de code nog een keer."
CSV_MAX_BYTES = 10_000_000


class PaperCodeForm(CodeForm):
    """Which form lies on the table: its code, the letter of its order, and the pile it came from."""

    volgorde = forms.ChoiceField(label="Volgorde", help_text="De letter boven de lijst met onderwerpen.")
    stapel = forms.CharField(
        label="Stapel",
        max_length=40,
        required=False,
        help_text="Bijvoorbeeld: bibliotheek, week 2. Zo vindt een collega de papieren terug.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["code", "volgorde", "stapel"]

    def __init__(self, *args: Any, themes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        letters = paper_order.letters(themes)
        self.fields["volgorde"].choices = [(letter, letter) for letter in letters]  # type: ignore[attr-defined]
        code = self.fields["code"]
        code.label, code.help_text = "Code", "Staat op het formulier. Streepjes mag u weglaten."
        code.error_messages |= {"required": "Vul de code van het formulier in.", "max_length": NO_CODE}
        code.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def clean_code(self) -> str:
        code = normalise(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise forms.ValidationError(NO_CODE)
        return code


class GroupForm(forms.Form):
    """Age band and gender, where somebody gave them."""

    leeftijd = forms.ChoiceField(label="Leeftijd", required=False)
    geslacht = forms.ChoiceField(
        label="Geslacht",
        required=False,
        choices=[
            ("", "niet ingevuld"),
            (PopulationCell.Gender.WOMEN.value, "vrouw"),
            (PopulationCell.Gender.MEN.value, "man"),
        ],
    )
    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bands = [(band.code, band.code) for band in age_bands()]
        self.fields["leeftijd"].choices = [("", "niet ingevuld"), *bands]  # type: ignore[attr-defined]

    @property
    def cell(self) -> str:
        """The group as one code; "" unless both were given."""
        band, gender = self.cleaned_data["leeftijd"], self.cleaned_data["geslacht"]
        return cell_code(band, gender) if band and gender else ""


class DropForm(forms.Form):
    """Why forms that wait will not count, and that somebody is sure."""

    aantal = forms.IntegerField(widget=forms.HiddenInput)
    reden = forms.CharField(
        label="Waarom tellen deze formulieren niet mee?",
        max_length=300,
        help_text="De reden komt in het logboek. Noem geen namen.",
    )
    zeker = forms.BooleanField(
        label="Ik weet het zeker: deze formulieren tellen niet mee",
        error_messages={"required": "Kruis aan dat u het zeker weet."},
    )


class CodeFileForm(forms.Form):
    """The file with codes for paper forms, as it was fetched for the printer."""

    bestand = forms.FileField(
        label="Codebestand (csv)",
        help_text="Het bestand dat u één keer ophaalde, met de kolommen nummer, kenmerk, wijk, code en adres.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_bestand(self) -> Any:
        file = self.cleaned_data["bestand"]
        if file.size > CSV_MAX_BYTES:
            raise forms.ValidationError("Dit bestand is te groot. Splits het in kleinere bestanden.")
        return file


class HelpForm(PostcodeForm):
    """How a colleague helps somebody, and by what their wijk is found: the code from a letter, or a postcode."""

    kanaal = forms.ChoiceField(
        label="Hoe helpt u?",
        choices=[(channel.value, CHANNEL_NAMES[channel]) for channel in CHANNELS],
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label="Code uit de brief",
        required=False,
        max_length=40,
        help_text="Laat hem voorlezen in groepjes van vier. Streepjes mag u weglaten.",
        error_messages={"max_length": WRONG_LENGTH},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ["kanaal", "code", "postcode", "huisnummer"]

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = ways_to_help(round_)
        postcode, number = self.fields["postcode"], self.fields["huisnummer"]
        postcode.label, postcode.required = "Postcode", False
        postcode.help_text = "Bijvoorbeeld 2033 AB. We bewaren hem niet."
        postcode.widget.attrs["autocomplete"] = number.widget.attrs["autocomplete"] = "off"
        number.label, number.help_text = "Huisnummer", "Alleen het getal. Deze postcode ligt in twee wijken."
        for way, name in ((Round.WayIn.LETTER_CODE, "code"), (Round.WayIn.POSTCODE, "postcode")):
            if way not in ways:
                del self.fields[name]

    def clean_code(self) -> str:
        code = normalise(self.cleaned_data["code"])
        if code and len(code) != LENGTH:
            raise forms.ValidationError(WRONG_LENGTH)
        return code

    def clean_postcode(self) -> str:
        return super().clean_postcode() if self.cleaned_data["postcode"] else ""

    def clean(self) -> None:
        if self.errors:
            return
        code, postcode = self.cleaned_data.get("code"), self.cleaned_data.get("postcode")
        if bool(code) == bool(postcode):
            first = next(name for name in ("code", "postcode") if name in self.fields)
            self.add_error(first, self._which(bool(code)))
        elif postcode:
            super().clean()

    def _which(self, has_both: bool) -> str:
        if has_both:
            return "Vul de code in, of de postcode. Niet allebei."
        names = [name for name in ("code", "postcode") if name in self.fields]
        return f"Vul de {' of de '.join(names)} in."
