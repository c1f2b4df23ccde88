from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from haarlemveilig.gemeente.models import Area
from haarlemveilig.gemeente.selectors import wijken
from haarlemveilig.ui.forms import DateInput
from indicators.models import DoorSurvey, Granularity, Measurement
from indicators.selectors.surveys import buurten_of, names_of, volunteers
from indicators.services.surveys import Days, SurveyPlan

LOCKED_ONCE_OPEN = ("title", "introduction", "wijk", "buurten", "starts_on", "baseline_opens")
LOCKED_ONCE_CLOSED = ("granularity", "baseline_closes")


class SurveyForm(forms.Form):
    """What staff decide about a survey. What later measurements depend on cannot change any more."""

    title = forms.CharField(
        label=gettext_lazy("Titel"),
        max_length=90,
        help_text=gettext_lazy("Zo heet de bron bij de cijfers. Bijvoorbeeld: Buurt Bestuurt Parkwijk."),
    )
    introduction = forms.CharField(
        label=gettext_lazy("Om voor te lezen aan de deur"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Zeg wie u bent, waar het over gaat, hoe lang het duurt en dat meedoen mag."),
    )
    wijk = forms.TypedChoiceField(label=gettext_lazy("Wijk"), coerce=int)
    buurten = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Buurten"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Waar vrijwilligers langs de deuren gaan."),
    )
    volunteers = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Vrijwilligers"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Alleen zij zien deze enquête. Zelf kunt u haar ook invullen."),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("De aanpak begint op"),
        required=False,
        widget=DateInput,
        help_text=gettext_lazy("Een 0-meting na deze dag krijgt de opmerking: gemeten na de start."),
    )
    ends_on = forms.DateField(label=gettext_lazy("De aanpak eindigt op"), required=False, widget=DateInput)
    granularity = forms.ChoiceField(
        label=gettext_lazy("De uitslag telt voor een"),
        choices=Granularity.choices,
        initial=Granularity.YEAR,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Vallen beide metingen in één jaar? Kies dan kwartaal of maand."),
    )
    baseline_opens = forms.DateField(label=gettext_lazy("Eerste dag"), required=False, widget=DateInput)
    baseline_closes = forms.DateField(label=gettext_lazy("Laatste dag"), required=False, widget=DateInput)
    final_opens = forms.DateField(label=gettext_lazy("Eerste dag"), required=False, widget=DateInput)
    final_closes = forms.DateField(label=gettext_lazy("Laatste dag"), required=False, widget=DateInput)

    def __init__(self, data: Any = None, *, survey: DoorSurvey | None) -> None:
        super().__init__(data, initial=_survey_initial(survey) if survey else {})
        self.survey = survey
        self._choose("volunteers", {person.pk: str(person) for person in volunteers()})
        self._choose("wijk", {"": ""} | {wijk.area_id: wijk.name for wijk in wijken()})
        if survey is None:
            del self.fields["buurten"]
        else:
            self._fit(survey)

    def _choose(self, name: str, choices: dict[Any, str]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices.items())

    def _fit(self, survey: DoorSurvey) -> None:
        """Offer the buurten of the survey's wijk, and fix what cannot change any more."""
        buurten = {version.area_id for version in buurten_of(survey.wijk_id)} | set(self.initial["buurten"])
        self._choose("buurten", names_of(buurten))
        self._choose("wijk", names_of([survey.wijk_id]))
        for name in ("wijk", *_locked(survey)):
            self.fields[name].disabled = True
        for measurement in survey.measurements.all():
            self.fields[f"{measurement.kind}_closes"].required = measurement.state != Measurement.State.DRAFT

    @property
    def is_locked(self) -> bool:
        return bool(self.survey and self.survey.source_id)

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        others = DoorSurvey.objects.filter(title__iexact=title)
        if self.survey:
            others = others.exclude(pk=self.survey.pk)
        if others.exists():
            raise forms.ValidationError(_("Er is al een enquête met deze titel. Kies een andere."))
        return title

    def clean(self) -> dict[str, Any]:
        for first, last in (
            ("starts_on", "ends_on"),
            ("baseline_opens", "baseline_closes"),
            ("final_opens", "final_closes"),
        ):
            self._check_order(first, last, _("Kies een einddatum op of na de begindatum."))
        self._check_order("baseline_closes", "final_opens", _("Laat de eindmeting na de 0-meting beginnen."))
        opens, closes = self.cleaned_data.get("baseline_opens"), self.cleaned_data.get("final_opens")
        is_year = self.cleaned_data.get("granularity") == Granularity.YEAR
        if opens and closes and opens.year == closes.year and is_year:
            sentence = _("Beide metingen beginnen in %(year)s. Kies kwartaal of maand.")
            # Once the first is closed only the day of the second can still change.
            field = "final_opens" if self.fields["granularity"].disabled else "granularity"
            later = _("De 0-meting begon ook in %(year)s. Laat de eindmeting in een ander jaar beginnen.")
            self.add_error(field, (later if field == "final_opens" else sentence) % {"year": opens.year})
        return self.cleaned_data

    def _check_order(self, first: str, last: str, sentence: str) -> None:
        begin, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begin and end and end < begin:
            self.add_error(last, sentence)

    def plan(self) -> SurveyPlan:
        """What was filled in; only after `is_valid`."""
        data = self.cleaned_data
        chosen = data.get("buurten")
        return SurveyPlan(
            title=data["title"],
            introduction=data["introduction"],
            wijk=Area.objects.get(pk=data["wijk"]),
            buurten=None if chosen is None else list(Area.objects.filter(pk__in=chosen)),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            granularity=data["granularity"],
            volunteers=[person for person in volunteers() if person.pk in data["volunteers"]],
            baseline=Days(data["baseline_opens"], data["baseline_closes"]),
            final=Days(data["final_opens"], data["final_closes"]),
        )


def _survey_initial(survey: DoorSurvey) -> dict[str, Any]:
    measured = {one.kind: one for one in survey.measurements.all()}
    names = ("title", "introduction", "starts_on", "ends_on", "granularity")
    initial: dict[str, Any] = {name: getattr(survey, name) for name in names}
    for kind, measurement in measured.items():
        initial[f"{kind}_opens"], initial[f"{kind}_closes"] = measurement.opens_on, measurement.closes_on
    return initial | {
        "wijk": survey.wijk_id,
        "buurten": list(survey.buurten.values_list("pk", flat=True)),
        "volunteers": list(survey.volunteers.values_list("pk", flat=True)),
    }


def _locked(survey: DoorSurvey) -> Iterator[str]:
    states = {one.kind: one.state for one in survey.measurements.all()}
    if states["baseline"] != Measurement.State.DRAFT:
        yield from LOCKED_ONCE_OPEN
    if states["baseline"] == Measurement.State.CLOSED:
        yield from LOCKED_ONCE_CLOSED
    if states["final"] != Measurement.State.DRAFT:
        yield "final_opens"
    if states["final"] == Measurement.State.CLOSED:
        yield "final_closes"
