from django import forms
from django.utils.translation import gettext_lazy


class ConfirmPublicationForm(forms.Form):
    """Which indicators, by number, and the fingerprint of what the person looked at."""

    chosen = forms.CharField(widget=forms.HiddenInput)
    expected = forms.CharField(widget=forms.HiddenInput)

    def clean_chosen(self) -> list[int]:
        return numbers_in([self.cleaned_data["chosen"]])


def numbers_in(texts: list[str]) -> list[int]:
    """The numbers in texts such as "12,13"; whatever is no number is left out."""
    return [int(part) for text in texts for part in text.split(",") if part.isdecimal() and len(part) < 10]


class WithdrawForm(forms.Form):
    """Why readers may not see an indicator any more."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom haalt u dit terug?"),
        help_text=gettext_lazy("Dit komt in het logboek. Noem geen namen."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Schrijf op waarom u dit terughaalt.")},
    )
