"""Texts that staff write once per language: Dutch is required, other languages fall back to it."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language
from django.utils.translation import gettext as _


class LocalizedText(dict[str, str]):
    """A text per language code. As a string it is the text in the active language, else the Dutch one."""

    def __str__(self) -> str:
        return self.in_language(get_language() or "nl")

    def __bool__(self) -> bool:
        return any(self.values())

    def in_language(self, language: str) -> str:
        """The text in `language`, or in Dutch where that is missing; "" where both are."""
        return self.get(language[:2]) or self.get("nl", "")


class _LocalizedAttribute(DeferredAttribute):
    """Makes a LocalizedText of any dict assigned to the field, so that str() always is the text."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


class LocalizedTextField(models.JSONField):
    """Stores {"nl": "...", "en": "..."}; reads as LocalizedText."""

    descriptor_class = _LocalizedAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", LocalizedText)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> LocalizedText:
        return LocalizedText(super().from_db_value(value, expression, connection) or {})

    def to_python(self, value: Any) -> Any:
        return LocalizedText(value or {}) if value is None or isinstance(value, dict) else value

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = {code for code, _name in settings.LANGUAGES}
        if not set(value) <= known:
            raise ValidationError(_("Onbekende taal in deze tekst."))
        if not self.blank and not value.get("nl"):
            raise ValidationError(_("Vul de Nederlandse tekst in."))
