"""A column or a row for a table."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haarlemveilig.gemeente.models import Area, AreaVersion
from haarlemveilig.gemeente.selectors import municipality
from indicators.columns import Column
from indicators.periods import Period

KINDS = [
    ("observation", gettext_lazy("wat er gemeten is")),
    ("baseline", gettext_lazy("nulmeting")),
    ("target", gettext_lazy("streefwaarde")),
]
LABELS = {"observation": "%s", "baseline": "Meting %s", "target": "Streefwaarde %s"}


class ColumnForm(forms.Form):
    """A year, quarter or month that the table is to show."""

    kind = forms.ChoiceField(label=gettext_lazy("Wat komt erin?"), choices=KINDS)
    period = forms.CharField(
        label=gettext_lazy("Jaar, kwartaal of maand"),
        help_text=gettext_lazy("Bijvoorbeeld 2027, 2027-Q2 of 2027-05."),
        max_length=8,
    )
    label = forms.CharField(
        label=gettext_lazy("Kop van de kolom"),
        help_text=gettext_lazy("Leeg: het jaar, of “Streefwaarde” met het jaar."),
        max_length=60,
        required=False,
    )

    def clean_period(self) -> Period:
        code = self.cleaned_data["period"]
        period = Period.from_code(code)
        if period is None:
            raise forms.ValidationError(
                _("‘%(code)s’ is geen jaar, kwartaal of maand. Typ bijvoorbeeld 2027, 2027-Q2 of 2027-05.")
                % {"code": code}
            )
        return period

    @property
    def column(self) -> Column:
        said = self.cleaned_data
        label = said["label"] or LABELS[said["kind"]] % said["period"].label
        return Column(said["kind"], said["period"], label)


class RowForm(forms.Form):
    """A series that the table is to show; names that we do not know become new ones."""

    indicator = forms.CharField(
        label=gettext_lazy("Indicator"),
        help_text=gettext_lazy("Kies een bestaande naam, of typ een nieuwe."),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "bekende-indicatoren", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Bron"),
        help_text=gettext_lazy("Wie telt of vraagt, zoals Politie."),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "bekende-bronnen", "autocomplete": "off"}),
    )
    area = forms.TypedChoiceField(label=gettext_lazy("Gebied"), coerce=int)
    label = forms.CharField(
        label=gettext_lazy("Naam in de tabel"),
        help_text=gettext_lazy("Leeg: de naam van de indicator."),
        max_length=200,
        required=False,
    )
    group = forms.CharField(
        label=gettext_lazy("Groep"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "bekende-groepen", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = _areas()


def _areas() -> list[tuple[int, str]]:
    """The whole municipality first, then its parts by name."""
    profile = municipality()
    parts = (
        AreaVersion.objects.filter(year=profile.area_year)
        .exclude(area__level=Area.Level.GEMEENTE)
        .select_related("area")
        .order_by("area__level", "name")
    )
    city = Area.objects.get(level=Area.Level.GEMEENTE, code=profile.code)
    return [
        (city.pk, _("heel %(name)s") % {"name": profile.name}),
        *((one.area_id, f"{one.name} ({one.area.get_level_display().lower()})") for one in parts),
    ]
