import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The name stands in the confirmation. With an address in it, strangers could send their own message in our name.
ADDRESS = re.compile(r"://|www\.|[@<>]|\w{3,}\.[a-z]{2,}", re.IGNORECASE)


class SignupForm(forms.Form):
    """Sign-up for a wijkgesprek, without an account."""

    naam = forms.CharField(
        label=_("Uw naam"),
        max_length=120,
        error_messages={"required": _("Vul uw naam in."), "max_length": _("Vul een kortere naam in.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Uw e-mailadres"),
        max_length=254,  # what a contact holds
        help_text=_("U krijgt een bevestiging. We gebruiken het adres alleen voor dit gesprek."),
        error_messages={
            "required": _("Vul uw e-mailadres in."),
            "invalid": _("Vul een e-mailadres in, zoals naam@voorbeeld.nl."),
            "max_length": _("Vul een korter e-mailadres in."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    aantal = forms.TypedChoiceField(
        label=_("Met hoeveel mensen komt u?"),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 7)],
        initial=1,
        error_messages={"invalid_choice": _("Kies een aantal van 1 tot en met 6.")},
    )
    wensen = forms.CharField(
        label=_("Moeten we iets weten?"),
        required=False,
        max_length=300,
        help_text=_("Bijvoorbeeld: ik kom met een rolstoel, of ik heb een tolk nodig."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_naam(self) -> str:
        name = " ".join(self.cleaned_data["naam"].split())
        if ADDRESS.search(name):
            raise ValidationError(_("Vul alleen uw naam in, zonder e-mailadres of website."))
        return name
