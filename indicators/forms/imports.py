from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.table_file import TableFile, TableFileError, as_text, read_table

# A broken file can have a fault on every row; nobody reads more than this at once.
PROBLEMS_SHOWN = 15
# A page has to answer: more rows take the database for too long, and nobody checks so many.
ROWS_AT_ONCE = 5000
PREVIEW_SECONDS = 12 * 60 * 60


@dataclass(frozen=True)
class TableUpload:
    """A file that can be read: its name, its text, and the table in it."""

    name: str
    text: str
    table: TableFile


class UploadForm(forms.Form):
    """A CSV file with indicators."""

    file = forms.FileField(
        label=gettext_lazy("CSV-bestand met cijfers"),
        help_text=gettext_lazy(
            "Met de kolommen thema, indicator, bron en een kolom per jaar. Hoofdstuk en groep mogen."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": gettext_lazy("Kies een CSV-bestand."),
            "empty": gettext_lazy("Het bestand is leeg. Kies een ander bestand."),
        },
    )

    def clean_file(self) -> TableUpload:
        upload: UploadedFile = self.cleaned_data["file"]
        content = upload.read(settings.IMPORT_MAX_BYTES + 1)
        table = _table(content)
        if len(table.lines) > ROWS_AT_ONCE:
            raise forms.ValidationError(
                _("Het bestand heeft te veel rijen: hoogstens %(count)s. Deel het op in kleinere bestanden.")
                % {"count": ROWS_AT_ONCE}
            )
        return TableUpload((upload.name or "upload.csv")[:200], as_text(content), table)


class ConfirmForm(forms.Form):
    """What was previewed comes back in a signed field: no file has to be kept in between."""

    sealed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Adds `upload` and `expected`."""
        try:
            name, text, expected = signing.loads(
                self.cleaned_data.get("sealed", ""), salt=_salt(self.user), max_age=PREVIEW_SECONDS
            )
        except signing.BadSignature:
            raise forms.ValidationError(_("De controle is verlopen. Kies het bestand opnieuw.")) from None
        return {"upload": TableUpload(name, text, _table(text.encode())), "expected": expected}


def seal(upload: TableUpload, *, expected: str, user: Any) -> str:
    """The value of the hidden field: the file and what its import would do, for this user only.

    Raises ValidationError when it would not fit into a form.
    """
    sealed = signing.dumps([upload.name, upload.text, expected], salt=_salt(user), compress=True)
    if len(sealed) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 0.9:
        raise forms.ValidationError(
            _("Dit bestand is te groot voor deze pagina. Deel het op in kleinere bestanden.")
        )
    return sealed


def _salt(user: Any) -> str:
    return f"indicators.import.{user.pk}"


def _table(content: bytes) -> TableFile:
    try:
        return read_table(content, max_bytes=settings.IMPORT_MAX_BYTES)
    except TableFileError as error:
        raise forms.ValidationError(_first(error.problems)) from None


def _first(problems: tuple[str, ...]) -> list[str]:
    more = len(problems) - PROBLEMS_SHOWN
    if more <= 0:
        return list(problems)
    rest = ngettext("En nog %(count)s fout.", "En nog %(count)s fouten.", more) % {"count": more}
    return [*problems[:PROBLEMS_SHOWN], rest]
