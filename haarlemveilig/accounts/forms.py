from typing import Any

from allauth.mfa.totp import forms
from django.utils.translation import gettext as _


class ActivateTOTPForm(forms.ActivateTOTPForm):
    """allauth's form, with a label that says where the code comes from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code uit de app")
