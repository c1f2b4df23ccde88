from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haarlemveilig.gemeente.selectors import find_postcode, parse_postcode
from participation.ranking.codes import LENGTH, normalise
from participation.ranking.models import Round
from participation.ranking.services import email_codes

NO_POSTCODE = gettext_lazy("Vul een postcode in, zoals 2033 AB.")
NO_HOUSE_NUMBER = gettext_lazy("Vul alleen het getal van uw huisnummer in, zoals 12.")
NO_CODE = gettext_lazy("Een code heeft 12 tekens. Kijk in uw brief en typ de code nog een keer.")
NO_EMAIL = gettext_lazy("Vul een e-mailadres in, zoals naam@voorbeeld.nl.")
NO_EMAIL_CODE = gettext_lazy("De code heeft 6 tekens. Kijk in de mail en typ de code nog een keer.")


class PostcodeForm(forms.Form):
    """In which wijk somebody lives, or has their business: the round's `kind` says which.

    Asks for a house number only where the postcode lies in two wijken.
    """

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

    def __init__(self, *args: Any, kind: str = Round.Kind.RESIDENTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Round.Kind.ENTREPRENEURS:
            self.fields["postcode"].label = _("Postcode van uw bedrijf")
            self.fields["postcode"].help_text = _("Waar uw bedrijf staat. We bewaren de postcode niet.")
            self.fields["huisnummer"].label = _("Huisnummer van uw bedrijf")
            self.fields["huisnummer"].help_text = _("Alleen het getal. De postcode ligt in twee wijken.")

    @property
    def shows_house_number(self) -> bool:
        return self.needs_house_number or bool(self.data.get("huisnummer"))

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


class EmailForm(PostcodeForm):
    """Where a code may be sent to. Spaces around an address and capitals do not make it another one."""

    email = forms.EmailField(
        label=gettext_lazy("Uw e-mailadres"),
        max_length=254,
        help_text=gettext_lazy("We gebruiken het alleen om u een code te sturen."),
        error_messages=dict.fromkeys(("required", "invalid", "max_length"), NO_EMAIL),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class EmailCodeForm(forms.Form):
    """The code from a mail; a dash and small letters do not matter."""

    code = forms.CharField(
        label=gettext_lazy("Code uit de mail"),
        max_length=20,
        error_messages=dict.fromkeys(("required", "max_length"), NO_EMAIL_CODE),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        code = normalise(self.cleaned_data["code"])
        if len(code) != email_codes.LENGTH:
            raise ValidationError(NO_EMAIL_CODE)
        return code


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
