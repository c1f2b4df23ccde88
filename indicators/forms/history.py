from django import forms
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
