import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.models import DoorQuestion, DoorResponse


class DoorForm(forms.Form):
    """One household: in which buurt, what happened, and an answer to each question or none."""

    marks_optional = False
    no_buurt = gettext_lazy("Kies de buurt waar u nu bent.")
    nothing_answered = gettext_lazy("Tik ten minste één antwoord aan. Of kies ‘Niet thuis’ of ‘Wil niet’.")
    answered_after_all = gettext_lazy(
        "U tikte al een antwoord aan. Kies ‘Bewaar’. Of zet elk antwoord op ‘geen antwoord’."
    )

    buurt = forms.TypedChoiceField(
        label=gettext_lazy("Buurt"), coerce=int, error_messages={"required": no_buurt}
    )
    resend_key = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(choices=DoorResponse.Outcome.choices, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Iterable[DoorQuestion],
        buurten: dict[int, str],
        buurt: str = "",
    ) -> None:
        super().__init__(data, initial={"resend_key": uuid.uuid4(), "buurt": buurt})
        self._questions = list(questions)
        only = len(buurten) == 1
        field: Any = self.fields["buurt"]
        field.choices = ([] if only else [("", _("Kies de buurt"))]) + list(buurten.items())
        for question in self._questions:
            self.fields[_name(question)] = forms.TypedChoiceField(
                label=question.text,
                help_text=question.help,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[*question.answers, ("", _("geen antwoord"))],
                widget=forms.RadioSelect,
            )

    def questions(self) -> list[tuple[DoorQuestion, BoundField]]:
        return [(question, self[_name(question)]) for question in self._questions]

    @property
    def answers(self) -> dict[str, int]:
        """The number of the answer per question id; only after `is_valid`."""
        given = {str(question.pk): self.cleaned_data.get(_name(question)) for question in self._questions}
        return {question: answer for question, answer in given.items() if answer is not None}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        data["outcome"] = data.get("outcome") or DoorResponse.Outcome.ANSWERED
        has_answered = data["outcome"] == DoorResponse.Outcome.ANSWERED
        if has_answered and not self.answers:
            self.add_error(None, str(self.nothing_answered))
        if not has_answered and self.answers:
            self.add_error(None, str(self.answered_after_all))
        return data


def _name(question: DoorQuestion) -> str:
    return f"vraag-{question.pk}"
