"""Makes plain Django forms look and read as they should: see README.md in this folder."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

# A short answer gets a short box; the width tells people what is expected.
SHORT_ANSWER = 10

BUTTONS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
CHOICES = (forms.Select, *BUTTONS)


class UtrechtBoundField(BoundField):
    """A field that knows its style-sheet class and how it is drawn."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        classes = f"{_control_class(widget, bool(self.errors))} {widget.attrs.get('class', '')}".strip()
        if classes:
            built["class"] = classes
        # A label says what to fill in; a placeholder vanishes just when it is needed (allauth sets some).
        built.pop("placeholder", None)
        if isinstance(widget, forms.RadioSelect):
            # Validity belongs to the group: a single radio button may not carry it.
            built.pop("aria-invalid", None)
        return built

    @property
    def layout(self) -> str:
        """How components/field.html draws this field: "choices", "group", "check" or "control"."""
        widget = self.field.widget
        if isinstance(widget, BUTTONS):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        return "group" if self.use_fieldset else "control"

    @property
    def is_marked_optional(self) -> bool:
        """True if the label says that the field may stay empty. Forms turn that off with marks_optional."""
        return (
            not self.field.required and self.layout != "check" and getattr(self.form, "marks_optional", True)
        )

    @property
    def error_texts(self) -> list[str]:
        """What is wrong, in words that also make sense away from the field, as in the error summary."""
        return [self._text(error) for error in self.errors.as_data()]

    def _text(self, error: ValidationError) -> str:
        # "This field is required", six times in one summary, helps nobody.
        if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
            return _missing(self.field.widget) % {"label": self.label}
        return str(error.messages[0])

    @property
    def link_target(self) -> str:
        """The id of the control that a link in the error summary goes to."""
        return f"{self.auto_id}_0" if self.layout in ("choices", "group") else self.id_for_label


def _missing(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return _("Zet een vinkje bij: %(label)s")
    if isinstance(widget, forms.FileInput):
        return _("Kies een bestand: %(label)s")
    return _("Maak een keuze: %(label)s") if isinstance(widget, CHOICES) else _("Vul in: %(label)s")


def _control_class(widget: forms.Widget, invalid: bool) -> str:
    if widget.is_hidden or isinstance(widget, (forms.CheckboxInput, *BUTTONS)):
        return ""
    if isinstance(widget, forms.FileInput):
        return "hv-file"
    if isinstance(widget, forms.Textarea):
        name = "utrecht-textarea"
    else:
        name = "utrecht-select" if isinstance(widget, forms.Select) else "utrecht-textbox"
    classes = [name]
    if invalid:
        classes.append(f"{name}--invalid")
    if _is_short(widget):
        classes.append("hv-short-answer")
    return " ".join(classes)


def _is_short(widget: forms.Widget) -> bool:
    kinds = forms.NumberInput | forms.DateInput | forms.TimeInput
    length = int(widget.attrs.get("maxlength") or SHORT_ANSWER + 1)
    return isinstance(widget, kinds) or length <= SHORT_ANSWER


class FormRenderer(TemplatesSetting):
    """The project's FORM_RENDERER: every form on the site is drawn from templates/components."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = UtrechtBoundField


class DateInput(forms.DateInput):
    """A date with the browser's own calendar; it wants the international notation whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """A moment with the browser's own calendar and clock, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
