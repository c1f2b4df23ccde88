"""Which codes are to be made: a number per wijk, or a list of letters."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from haarlemveilig.gemeente.selectors import WijkName
from participation.ranking.models import CodeBatch, Round
from participation.ranking.selectors import taking_part_in
from participation.ranking.services.codes import wanted_per_wijk
from participation.ranking.wanted_codes import MOST, WantedCodesError, read_wanted

LARGEST_FILE = 10_000_000
PREFIX = "wijk-"


class CodeBatchForm(forms.Form):
    """A batch for one print run; `cleaned_data["wanted"]` is what `CodeBatch.wanted` holds."""

    name = forms.CharField(
        label="Naam van de reeks", max_length=80, help_text="Bijvoorbeeld: brieven oktober."
    )
    purpose = forms.ChoiceField(
        label="Waarvoor zijn de codes?",
        choices=CodeBatch.Purpose.choices,
        initial=CodeBatch.Purpose.LETTER,
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label="Bestand met kenmerken (CSV)",
        required=False,
        help_text="Eerste rij: kenmerk;wijkcode. Zet er geen namen, adressen of nummers van personen in.",
    )
    marks_optional = False

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wijken: list[WijkName] = taking_part_in(round_)
        for wijk in self.wijken:
            self.fields[f"{PREFIX}{wijk.code}"] = forms.IntegerField(
                label=wijk.name, required=False, min_value=0, max_value=MOST
            )

    @property
    def numbers(self) -> list[forms.BoundField]:
        """The fields with a number per wijk."""
        return [self[f"{PREFIX}{wijk.code}"] for wijk in self.wijken]

    def clean_file(self) -> list[list[str]] | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is None:
            return None
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError("Dit bestand is te groot. Kies een bestand van hoogstens 10 MB.")
        try:
            rows = read_wanted(file.read(), wijken={wijk.code for wijk in self.wijken})
        except WantedCodesError as error:
            raise ValidationError(error.faults) from error
        return [[row.reference, row.wijk] for row in rows]

    def clean(self) -> None:
        if self.errors:
            return
        counts = {wijk.code: self.cleaned_data.get(f"{PREFIX}{wijk.code}") or 0 for wijk in self.wijken}
        listed, total = self.cleaned_data["file"], sum(counts.values())
        if listed and total:
            raise ValidationError("Vul aantallen in of kies een bestand, niet allebei.")
        if not listed and not total:
            raise ValidationError("Vul in hoeveel codes u wilt, of kies een bestand met kenmerken.")
        if total > MOST:
            raise ValidationError(f"Dit zijn {total} codes. Maak hoogstens {MOST} codes in één keer.")
        self.cleaned_data["wanted"] = listed or wanted_per_wijk(counts)
