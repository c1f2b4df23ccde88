"""The forms on a file's way in: the file itself, how to read it, and what to do with one row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from haarlemveilig.ui.forms import DateInput
from indicators.models import Source
from indicators.periods import Period
from indicators.reading import Layout, needs_mapping, read_file
from indicators.reading.headings import IGNORE
from indicators.services.imports import remembered_mapping
from indicators.table_file import LONGEST, TableFileError

# A broken file can have a fault on every row; nobody reads more than this at once.
PROBLEMS_SHOWN = 15
KINDS = ".csv,.xlsx,.ods,.json"
FIGURES = ("observation", "baseline", "target")
ROLE_NAMES = {
    "": gettext_lazy("Kies"),
    "label": gettext_lazy("naam van de indicator"),
    "source": gettext_lazy("bron"),
    "area": gettext_lazy("gebied"),
    "period": gettext_lazy("periode"),
    "value": gettext_lazy("cijfer"),
    "observation": gettext_lazy("cijfers van één periode"),
    "baseline": gettext_lazy("meting: beginpunt"),
    "target": gettext_lazy("streefwaarde"),
    "breakdown": gettext_lazy("uitsplitsing"),
    "unit": gettext_lazy("eenheid"),
    "n": gettext_lazy("aantal ondervraagden"),
    "low": gettext_lazy("marge van"),
    "high": gettext_lazy("marge tot"),
    "status": gettext_lazy("stand van het cijfer"),
    "note": gettext_lazy("noot"),
    "chapter": gettext_lazy("hoofdstuk"),
    "theme": gettext_lazy("thema of tabel"),
    "group": gettext_lazy("groep"),
    IGNORE: gettext_lazy("niet inlezen"),
}


@dataclass(frozen=True)
class Upload:
    """A file that can be read, or that first needs a person to say what its columns are."""

    name: str
    content: bytes
    layout: Layout
    needs_mapping: bool


class UploadForm(forms.Form):
    """A file with figures, and what it may not say itself."""

    file = forms.FileField(
        label=gettext_lazy("Bestand met cijfers"),
        help_text=gettext_lazy(
            "Een tabel uit Excel of LibreOffice (xlsx of ods), een CSV-bestand, of een JSON-bestand van CBS."
        ),
        widget=forms.FileInput(attrs={"accept": KINDS}),
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "empty": gettext_lazy("Het bestand is leeg. Kies een ander bestand."),
        },
    )
    vintage = forms.DateField(
        label=gettext_lazy("Van welke datum zijn deze cijfers?"),
        help_text=gettext_lazy("Oudere cijfers komen nooit over nieuwere heen."),
        widget=DateInput(),
    )
    table_name = forms.CharField(
        label=gettext_lazy("Naam van de tabel"),
        help_text=gettext_lazy("Alleen nodig als het bestand geen kolom met thema’s heeft."),
        required=False,
        max_length=LONGEST["theme"],
    )
    source = forms.CharField(
        label=gettext_lazy("Bron"),
        help_text=gettext_lazy("Alleen nodig als het bestand geen kolom met bronnen heeft."),
        required=False,
        max_length=LONGEST["source"],
        widget=forms.TextInput(attrs={"list": "bronnen"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vintage"].initial = timezone.localdate

    def clean_vintage(self) -> Any:
        return not_in_the_future(self.cleaned_data["vintage"])

    def clean(self) -> dict[str, Any]:
        """Adds `upload`."""
        data = self.cleaned_data
        file: UploadedFile | None = data.get("file")
        if file is None:
            return data
        content = file.read(settings.IMPORT_MAX_BYTES + 1)
        source = data.get("source", "")
        mapping = remembered_mapping(source)
        layout = Layout(table_name=data.get("table_name", ""), source=source, mapping=mapping)
        name = (file.name or "upload.csv")[-200:]
        try:
            data["upload"] = Upload(name, content, layout, _read(content, name, layout))
        except TableFileError as error:
            self.add_error("file", first_problems(error))
        return data


def not_in_the_future(day: Any) -> Any:
    if day > timezone.localdate():
        raise forms.ValidationError(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
    return day


def _read(content: bytes, name: str, layout: Layout) -> bool:
    """Whether a person has to say what the columns are. Raises TableFileError for what cannot be read."""
    if len(content) > settings.IMPORT_MAX_BYTES:
        raise TableFileError(
            _("Het bestand is te groot: hoogstens %(count)s MB.")
            % {"count": settings.IMPORT_MAX_BYTES // 1_000_000}
        )
    if needs_mapping(content, name, layout):
        return True
    read_file(content, name, layout, max_bytes=settings.IMPORT_MAX_BYTES)
    return False


def first_problems(error: TableFileError) -> list[str]:
    """What is wrong with a file, as far as anybody reads it."""
    more = len(error.problems) - PROBLEMS_SHOWN
    if more <= 0:
        return list(error.problems)
    rest = ngettext("En nog %(count)s fout.", "En nog %(count)s fouten.", more) % {"count": more}
    return [*error.problems[:PROBLEMS_SHOWN], rest]


# --- taking it in ---------------------------------------------------------------------------------
class ReasonForm(forms.Form):
    """Why figures that stand get another value."""

    reason = forms.CharField(
        label=gettext_lazy("Reden van de wijziging"),
        help_text=gettext_lazy("Dit staat straks bij elk cijfer dat verandert. Iedereen kan het lezen."),
        max_length=300,
        error_messages={"required": gettext_lazy("Schrijf op waarom deze cijfers veranderen.")},
    )


# --- how to read it -------------------------------------------------------------------------------
class LayoutForm(forms.Form):
    """Which worksheet, and what each column is. `columns` are the pairs of fields of one heading each."""

    marks_optional = False

    table_name = forms.CharField(
        label=gettext_lazy("Naam van de tabel"),
        help_text=gettext_lazy("Leeg: zoals het bestand het zegt."),
        required=False,
        max_length=LONGEST["theme"],
    )
    source = forms.CharField(
        label=gettext_lazy("Bron"),
        help_text=gettext_lazy("Leeg: zoals het bestand het zegt. We onthouden de kolommen bij deze bron."),
        required=False,
        max_length=LONGEST["source"],
        widget=forms.TextInput(attrs={"list": "bronnen"}),
    )

    def __init__(
        self, *args: Any, layout: Layout, sheets: Sequence[str], guesses: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.layout, self.headings = layout, list(guesses)
        self.initial = {"table_name": layout.table_name, "source": layout.source, "sheet": layout.sheet}
        if len(sheets) > 1:
            choices = [("", _("het eerste blad met een tabel")), *((name, name) for name in sheets)]
            self.fields["sheet"] = forms.ChoiceField(label=_("Werkblad"), choices=choices, required=False)
            self.order_fields(["sheet", "table_name", "source"])
        for number, heading in enumerate(self.headings):
            role, period = _role_and_period(layout.mapping.get(heading) or guesses[heading])
            self.fields[f"role_{number}"] = forms.ChoiceField(
                label=_("Wat staat er in ‘%(heading)s’?") % {"heading": heading},
                choices=list(ROLE_NAMES.items()),
                initial=role,
            )
            self.fields[f"period_{number}"] = forms.CharField(
                label=_("Periode in ‘%(heading)s’") % {"heading": heading},
                required=False,
                max_length=7,
                initial=period,
            )

    @property
    def general(self) -> list[BoundField]:
        return [self[name] for name in self.fields if not name.startswith(("role_", "period_"))]

    @property
    def columns(self) -> list[tuple[str, BoundField, BoundField]]:
        return [
            (heading, self[f"role_{number}"], self[f"period_{number}"])
            for number, heading in enumerate(self.headings)
        ]

    def clean(self) -> dict[str, Any]:
        """Adds `layout`."""
        data = self.cleaned_data
        data["layout"] = replace(
            self.layout,
            sheet=data.get("sheet", ""),
            table_name=data.get("table_name", ""),
            source=data.get("source", ""),
            mapping=dict(self._mapping()) if self.headings else self.layout.mapping,
        )
        return data

    def _mapping(self) -> Iterator[tuple[str, str]]:
        for number, heading in enumerate(self.headings):
            role = self.cleaned_data.get(f"role_{number}", "")
            period = self.cleaned_data.get(f"period_{number}", "").strip()
            if role in FIGURES and Period.from_code(period) is None:
                text = _("Vul in van welke periode ‘%(heading)s’ is, zoals 2021, 2021-Q2 of 2021-05.")
                self.add_error(f"period_{number}", text % {"heading": heading})
            yield heading, f"{role}:{period}" if role in FIGURES else role


def _role_and_period(meaning: str) -> tuple[str, str]:
    role, _colon, period = meaning.partition(":")
    return role, period


def source_names() -> list[str]:
    """The sources to choose from."""
    return list(Source.objects.values_list("name", flat=True).order_by("name"))
