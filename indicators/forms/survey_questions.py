import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.models import DoorQuestion, Indicator

MOST_OPTIONS = 8


class QuestionForm(forms.Form):
    """One question, its answers, and the figure it becomes."""

    text = forms.CharField(label=gettext_lazy("Vraag"), max_length=200)
    help = forms.CharField(label=gettext_lazy("Uitleg voor de vrijwilliger"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Soort antwoord"),
        choices=DoorQuestion.Kind.choices,
        initial=DoorQuestion.Kind.YES_NO,
        widget=forms.RadioSelect,
    )
    options = forms.CharField(
        label=gettext_lazy("Antwoorden, elk op een eigen regel"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Alleen bij een lijst of een schaal van vijf. Leeg bij een schaal: van helemaal oneens tot "
            "helemaal eens."
        ),
    )
    counted = forms.CharField(
        label=gettext_lazy("Nummers van de antwoorden die meetellen voor het percentage"),
        required=False,
        max_length=30,
        help_text=gettext_lazy(
            "Bijvoorbeeld 4, 5 voor de onderste twee van een schaal. Leeg: bij ja of nee telt ja, bij een "
            "schaal tellen 4 en 5. Een rapportcijfer wordt een gemiddelde."
        ),
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=gettext_lazy("Bij welk cijfer hoort de uitslag?"),
        required=False,
        empty_label=gettext_lazy("een nieuw cijfer"),
    )
    indicator_name = forms.CharField(
        label=gettext_lazy("Naam van het nieuwe cijfer"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: Voelt zich ’s avonds veilig in de buurt."),
    )

    def __init__(self, data: Any = None, *, question: DoorQuestion) -> None:
        self.question = question
        is_new = question._state.adding
        super().__init__(data, initial={} if is_new else _question_initial(question))
        self.fields["indicator"].queryset = Indicator.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind = data.get("kind", "")
        self.question.kind = kind
        self.question.options = self._clean_options(kind, _lines(data.get("options", "")))
        if not self.errors:
            self.question.counted = self._clean_counted(kind, data.get("counted", ""))
            self._clean_indicator(data.get("indicator"), data.get("indicator_name", ""))
        return data

    def _clean_options(self, kind: str, options: list[str]) -> list[str]:
        if kind == DoorQuestion.Kind.CHOICE and not 2 <= len(options) <= MOST_OPTIONS:
            self.add_error(
                "options",
                _("Geef twee tot %(most)s antwoorden, elk op een eigen regel.") % {"most": MOST_OPTIONS},
            )
        if kind == DoorQuestion.Kind.SCALE and len(options) not in (0, 5):
            self.add_error(
                "options", _("Geef vijf antwoorden, elk op een eigen regel, of laat het veld leeg.")
            )
        if len(set(options)) < len(options):
            self.add_error("options", _("Twee antwoorden zijn gelijk. Maak ze verschillend."))
        return options if kind in (DoorQuestion.Kind.CHOICE, DoorQuestion.Kind.SCALE) else []

    def _clean_counted(self, kind: str, typed: str) -> list[int]:
        if kind == DoorQuestion.Kind.GRADE:
            return []
        usual = {DoorQuestion.Kind.YES_NO: [1], DoorQuestion.Kind.SCALE: [4, 5]}
        counted = sorted({int(number) for number in re.findall(r"[0-9]+", typed)}) or usual.get(kind, [])  # type: ignore[call-overload]
        numbers = [number for number, _text in self.question.answers]
        if not counted or not set(counted) <= set(numbers):
            self.add_error(
                "counted", _("Geef een of meer nummers van 1 tot en met %(last)s.") % {"last": len(numbers)}
            )
        elif len(counted) == len(numbers):
            self.add_error("counted", _("Laat ten minste één antwoord niet meetellen."))
        return counted

    def _clean_indicator(self, indicator: Indicator | None, name: str) -> None:
        if indicator is None and not name:
            self.add_error("indicator_name", _("Geef het nieuwe cijfer een naam, of kies een cijfer."))
        elif indicator is None and Indicator.objects.filter(name=name).exists():
            self.add_error("indicator_name", _("Dit cijfer bestaat al. Kies het in de lijst hierboven."))
        elif indicator and self._siblings().filter(indicator=indicator).exists():
            self.add_error("indicator", _("Een andere vraag hoort al bij dit cijfer. Kies een ander."))
        elif indicator and (indicator.unit == "%") == (self.question.kind == DoorQuestion.Kind.GRADE):
            self.add_error(
                "indicator",
                _("Dit cijfer heeft een andere eenheid. Een rapportcijfer past niet bij een percentage."),
            )

    def _siblings(self) -> Any:
        return DoorQuestion.objects.filter(survey=self.question.survey_id).exclude(pk=self.question.pk)

    def filled(self) -> DoorQuestion:
        """The question as filled in, not saved; only after `is_valid`."""
        for name in ("text", "help", "indicator"):
            setattr(self.question, name, self.cleaned_data[name])
        self.question.indicator_name = (
            "" if self.cleaned_data["indicator"] else self.cleaned_data["indicator_name"]
        )
        return self.question


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _question_initial(question: DoorQuestion) -> dict[str, Any]:
    return {
        "text": question.text,
        "help": question.help,
        "kind": question.kind,
        "options": "\n".join(question.options),
        "counted": ", ".join(map(str, question.counted)),
        "indicator": question.indicator_id,
        "indicator_name": question.indicator_name,
    }
