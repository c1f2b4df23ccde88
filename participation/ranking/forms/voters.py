from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haarlemveilig.gemeente.selectors import find_postcode, parse_postcode
from participation.ranking.codes import LENGTH, normalise

NO_POSTCODE = gettext_lazy("Vul een postcode in, zoals 2033 AB.")
NO_HOUSE_NUMBER = gettext_lazy("Vul alleen het getal van uw huisnummer in, zoals 12.")
NO_CODE = gettext_lazy("Een code heeft 12 tekens. Kijk in uw brief en typ de code nog een keer.")


class PostcodeForm(forms.Form):
    """In which wijk somebody lives. Asks for a house number only where the postcode lies in two wijken."""

    postcode = forms.CharField(
        label=gettext_lazy("Uw postcode"),
        max_length=12,
        help_text=gettext_lazy("Bijvoorbeeld 2033 AB. We bewaren uw postcode niet."),
        error_messages=dict.fromkeys(("required", "max_length"), NO_POSTCODE),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    huisnummer = forms.IntegerField(
        label=gettext_lazy("Uw huisnummer"),
        required=False,
        min_value=1,
        max_value=99_999,
        help_text=gettext_lazy("Alleen het getal. Uw postcode ligt in twee wijken."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_HOUSE_NUMBER),
    )
    marks_optional = False
    needs_house_number = False

    def clean_postcode(self) -> str:
        code = parse_postcode(self.cleaned_data["postcode"])
        if code is None:
            raise ValidationError(NO_POSTCODE)
        return code

    def clean(self) -> None:
        code = self.cleaned_data.get("postcode")
        if not code or self.errors:
            return
        wijken = find_postcode(code, self.cleaned_data.get("huisnummer")).wijken
        if not wijken:
            self.add_error("postcode", _("Deze postcode ligt niet in deze gemeente. Klopt hij? Bel ons dan."))
        elif len(wijken) > 1:
            self._ask_house_number()
        else:
            self.cleaned_data["wijk"] = wijken[0]

    def _ask_house_number(self) -> None:
        self.needs_house_number = True
        if self.cleaned_data.get("huisnummer"):
            text = _("Dit huisnummer kennen we niet bij deze postcode. Klopt het? Bel ons dan.")
        else:
            text = _("Uw postcode ligt in twee wijken. Vul ook uw huisnummer in.")
        self.add_error("huisnummer", text)


class CodeForm(forms.Form):
    """The code from a letter; spaces, dashes and small letters do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Code uit uw brief"),
        max_length=40,
        help_text=gettext_lazy("De code staat naast de blokjescode. Streepjes mag u weglaten."),
        error_messages={"required": gettext_lazy("Vul de code uit uw brief in."), "max_length": NO_CODE},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        code = normalise(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise ValidationError(NO_CODE)
        return code
