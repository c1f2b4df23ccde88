"""The demo's survey at the doors: a 0-meting that is counted, and an eindmeting that volunteers can fill in."""

import datetime as dt
import uuid
from random import Random
from typing import Any

from django.utils import timezone

from haarlemveilig.accounts.models import Role, User
from haarlemveilig.gemeente.models import Area, AreaVersion
from haarlemveilig.pages.demo.accounts import policy_officer
from indicators.models import DoorQuestion, DoorResponse, DoorSurvey, Measurement, Source
from indicators.services.survey_results import close_measurement
from indicators.services.surveys import Days, SurveyPlan, open_measurement, save_survey

TITLE = "Buurt Bestuurt Slachthuiswijk (verzonnen)"
INTRODUCTION = (
    "Goedendag, ik ben vrijwilliger van Buurt Bestuurt. We vragen alle buren hoe het hier gaat. "
    "Het duurt twee minuten en we schrijven uw naam en adres niet op."
)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"text": "Voelt u zich ’s avonds veilig op straat in uw buurt?", "kind": "yes_no", "counted": [1],
     "indicator_name": "Voelt zich ’s avonds veilig op straat (aan de deur gevraagd)"},
    {"text": "Heeft u het afgelopen half jaar last gehad van afval op straat?", "kind": "yes_no", "counted": [1],
     "indicator_name": "Had last van afval op straat (aan de deur gevraagd)"},
    {"text": "Welk cijfer geeft u uw buurt?", "kind": "grade",
     "indicator_name": "Rapportcijfer buurt (aan de deur gevraagd)"},
)  # fmt: skip
HOUSEHOLDS = 160


def load_surveys() -> None:
    """One survey in the buurten of one wijk, once."""
    if DoorSurvey.objects.exists():
        return
    survey = save_survey(survey=None, plan=_plan(), actor=policy_officer())
    for order, fields in enumerate(QUESTIONS, start=1):
        DoorQuestion.objects.create(survey=survey, order=order, **fields)
    baseline = Measurement.objects.select_related("survey__source").get(survey=survey, kind="baseline")
    open_measurement(measurement=baseline, actor=policy_officer())
    Source.objects.filter(door_survey=survey).update(is_synthetic=True)
    _answer(baseline)
    close_measurement(measurement=Measurement.objects.get(pk=baseline.pk), actor=policy_officer())
    open_measurement(measurement=Measurement.objects.get(survey=survey, kind="final"), actor=policy_officer())


def _plan() -> SurveyPlan:
    today = timezone.localdate()
    return SurveyPlan(
        title=TITLE,
        introduction=INTRODUCTION,
        wijk=Area.objects.get(slug="slachthuiswijk"),
        buurten=None,
        starts_on=today - dt.timedelta(days=120),
        ends_on=today + dt.timedelta(days=60),
        granularity="quarter",
        volunteers=User.objects.filter(email=f"{Role.VRIJWILLIGER.value}@demo.example"),
        baseline=Days(today - dt.timedelta(days=150), today),
        final=Days(today, today + dt.timedelta(days=28)),
    )


def _answer(baseline: Measurement) -> None:
    rng = Random(2026)  # noqa: S311 - invented answers, nothing to guess
    buurten = list(
        AreaVersion.objects.filter(parent=baseline.survey.wijk, area__level="buurt").values_list(
            "area", flat=True
        )
    )
    safe, litter, grade = baseline.survey.questions.order_by("order")
    DoorResponse.objects.bulk_create(
        DoorResponse(
            measurement=baseline,
            buurt_id=buurten[number % len(buurten)],
            outcome=DoorResponse.Outcome.ANSWERED,
            answers={
                str(safe.pk): 1 if rng.random() < 0.64 else 2,
                str(litter.pk): 1 if rng.random() < 0.41 else 2,
                str(grade.pk): min(max(round(rng.gauss(6.8, 1.2)), 1), 10),
            },
            resend_key=uuid.UUID(int=rng.getrandbits(128)),
            recorded_by=policy_officer(),
            given_on=timezone.localdate() - dt.timedelta(days=140 - number % 14),
        )
        for number in range(HOUSEHOLDS)
    )
