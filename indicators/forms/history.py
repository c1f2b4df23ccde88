import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haarlemveilig.ui.forms import DateInput


class AsOfForm(forms.Form):
    """What was known on a day; the name of the field is that of the open data."""

    opDatum = forms.DateField(  # noqa: N815  as it stands in the address
        label=gettext_lazy("Wat was bekend op"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": gettext_lazy("Vul een datum in, zoals 2026-05-20.")},
    )
    marks_optional = False

    def clean_opDatum(self) -> dt.date | None:  # noqa: N802  the name of the field
        day: dt.date | None = self.cleaned_data["opDatum"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag komt nog. Kies vandaag of een dag ervoor."))
        return day
