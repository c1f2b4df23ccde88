from typing import Any

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.http import HttpRequest

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.audit.services import record

# Django's own sign-in page knows no second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class UserForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label="Rollen", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ["email", "name", "roles", "is_active", "is_staff", "is_superuser"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Invite a colleague: they choose their own password through "Wachtwoord vergeten?"."""

    form = UserForm
    list_display = ["email", "name", "roles", "is_active", "is_demo"]
    search_fields = ["email", "name"]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        record(
            "accounts.user_saved", actor=request.user, target=obj, roles=obj.roles, changed=form.changed_data
        )
