"""What pages ask about door-to-door surveys: where they are held, what is missing, how far they are."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.gemeente.models import Area, AreaVersion
from haarlemveilig.gemeente.selectors import municipality
from indicators.models import DoorQuestion, DoorSurvey, Indicator, Measurement
from indicators.surveys import in_steps


def buurten_of(wijk_id: int) -> list[AreaVersion]:
    """The buurten of a wijk on the current map, by name."""
    current = AreaVersion.objects.in_year(municipality().area_year)
    return list(current.filter(area__level=Area.Level.BUURT, parent_id=wijk_id).order_by("name"))


def names_of(area_ids: Collection[int]) -> dict[int, str]:
    """What areas are called now, in alphabetical order; their code where the map no longer has them."""
    current = AreaVersion.objects.in_year(municipality().area_year).filter(area_id__in=area_ids)
    names = {version.area_id: version.name for version in current}
    missing = Area.objects.filter(pk__in=set(area_ids) - names.keys()) if len(names) < len(area_ids) else []
    names |= {area.pk: area.code for area in missing}
    return dict(sorted(names.items(), key=lambda item: item[1]))


@dataclass(frozen=True)
class Coverage:
    """Where a survey is held: its buurten by name, in their wijk. `breakdown` names them if not all take part."""

    wijk_id: int
    wijk: str
    buurten: dict[int, str]
    breakdown: str

    @property
    def whole(self) -> str:
        """What all buurten together are called."""
        return f"{self.wijk} ({self.breakdown})" if self.breakdown else self.wijk


def coverage(survey: DoorSurvey) -> Coverage:
    """The areas of a survey."""
    buurten = names_of(survey.buurten.values_list("pk", flat=True))
    is_partial = set(buurten) != {version.area_id for version in buurten_of(survey.wijk_id)}
    return Coverage(
        wijk_id=survey.wijk_id,
        wijk=names_of([survey.wijk_id])[survey.wijk_id],
        buurten=buurten,
        breakdown=", ".join(buurten.values()) if is_partial else "",
    )


def volunteers() -> list[User]:
    """Everybody who may be sent along the doors, by name."""
    # SQLite cannot look inside a list of roles.
    people = User.objects.filter(is_active=True).order_by("name", "email")
    return [person for person in people if person.has_role(Role.VRIJWILLIGER)]


# --- is it ready ----------------------------------------------------------------------------------
def faults_before_opening(measurement: Measurement, *, today: dt.date) -> list[str]:
    """What still keeps this measurement from opening, one sentence each."""
    survey = measurement.survey
    faults = _faults_of_days(measurement, today)
    if not survey.buurten.exists():
        faults.append(_("Kies ten minste één buurt."))
    if not survey.introduction.strip():
        faults.append(_("Schrijf wat de vrijwilliger aan de deur voorleest."))
    questions = list(survey.questions.all())
    if not questions:
        faults.append(_("Maak ten minste één vraag."))
    if measurement.kind == Measurement.Kind.FINAL:
        return faults + _faults_of_final(measurement)
    return faults + _taken_names(questions)


def _faults_of_days(measurement: Measurement, today: dt.date) -> list[str]:
    if measurement.opens_on is None or measurement.closes_on is None:
        return [_("Vul in wanneer de %(name)s begint en eindigt.") % {"name": measurement.get_kind_display()}]
    if measurement.closes_on < today:
        return [_("De einddatum is al voorbij. Kies een latere dag.")]
    if measurement.opens_on > today:
        return [
            _("Openen kan vanaf de eerste dag die u koos. Wilt u eerder beginnen? Kies dan een eerdere dag.")
        ]
    return []


def _faults_of_final(measurement: Measurement) -> list[str]:
    baseline = measurement.survey.measurements.get(kind=Measurement.Kind.BASELINE)
    if baseline.state != Measurement.State.CLOSED:
        return [_("Sluit eerst de 0-meting.")]
    if measurement.opens_on is None or baseline.opens_on is None:
        return []
    period = measurement.period_from(measurement.opens_on)
    if period != measurement.period_from(baseline.opens_on):
        return []
    return [
        _("De 0-meting valt ook in %(period)s. Laat de eindmeting in een latere periode beginnen.")
        % {"period": period.label}
    ]


def _taken_names(questions: Collection[DoorQuestion]) -> list[str]:
    wanted = [question.indicator_name for question in questions if question.indicator_id is None]
    taken = set(Indicator.objects.filter(name__in=wanted).values_list("name", flat=True))
    taken |= {name for name in wanted if wanted.count(name) > 1}
    return [
        _("Er is al een cijfer dat ‘%(name)s’ heet. Kies bij die vraag een andere naam.") % {"name": name}
        for name in sorted(taken)
    ]


# --- how far is it --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Progress:
    """Doors and answers in one buurt, rounded down in steps."""

    buurt: str
    rung: int
    answered: int


def progress(measurement: Measurement) -> list[Progress]:
    """How far volunteers are, per buurt. Rounded: nobody sees more before closing."""
    counts = {
        row["buurt_id"]: row
        for row in measurement.responses.values("buurt_id").annotate(
            rung=Count("pk"), answered=Count("pk", filter=Q(outcome="answered"))
        )
    }
    nothing = {"rung": 0, "answered": 0}
    return [
        Progress(
            name,
            in_steps(counts.get(area_id, nothing)["rung"]),
            in_steps(counts.get(area_id, nothing)["answered"]),
        )
        for area_id, name in coverage(measurement.survey).buurten.items()
    ]


# --- for volunteers -------------------------------------------------------------------------------
def open_for(user: Any) -> list[Measurement]:
    """The open measurements that this person may go along the doors for."""
    found = Measurement.objects.open().select_related("survey").order_by("closes_on")
    if not user.has_perm("indicators.set_up_survey"):
        found = found.assigned_to(user.pk)
    return list(found)
