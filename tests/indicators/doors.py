"""A survey at the doors of Parkwijk, for tests."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from haarlemveilig.accounts.models import User
from haarlemveilig.gemeente.models import Area, AreaVersion
from indicators.models import DoorQuestion, DoorResponse, DoorSurvey, Measurement
from indicators.services.survey_results import close_measurement
from indicators.services.surveys import Days, SurveyPlan, open_measurement, record_response, save_survey
from tests import factories


def buurten(*names: str) -> list[Area]:
    """Buurten of Parkwijk on the map of the small Haarlem."""
    made = []
    for number, name in enumerate(names, start=1):
        area = Area.objects.create(level="buurt", code=f"BU039209{number:02}", slug=name.lower())
        AreaVersion.objects.create(area=area, year=2024, name=name, parent=factories.area("parkwijk"))
        made.append(area)
    return made


def staff() -> User:
    found = User.objects.filter(email="beleidsmedewerker@example.org").first()
    return found or factories.user("beleidsmedewerker")


def plan(**fields: Any) -> SurveyPlan:
    """A plan for Parkwijk whose 0-meting may open today."""
    today = timezone.localdate()
    usual: dict[str, Any] = {
        "title": "Buurt Bestuurt Parkwijk",
        "introduction": "Dag, ik ben vrijwilliger. Mag ik u twee dingen vragen?",
        "wijk": factories.area("parkwijk"),
        "buurten": None,
        "starts_on": today + dt.timedelta(days=30),
        "ends_on": None,
        "granularity": "year",
        "volunteers": [],
        "baseline": Days(today, today + dt.timedelta(days=14)),
        "final": Days(None, None),
    }
    return SurveyPlan(**(usual | fields))


def survey(**fields: Any) -> DoorSurvey:
    """A survey with a question for a share and one for a mean, ready to open."""
    made = save_survey(survey=None, plan=plan(**fields), actor=staff())
    DoorQuestion.objects.create(
        survey=made,
        order=1,
        text="Voelt u zich ’s avonds veilig in uw buurt?",
        kind="yes_no",
        counted=[1],
        indicator_name="Voelt zich ’s avonds veilig",
    )
    DoorQuestion.objects.create(
        survey=made,
        order=2,
        text="Welk cijfer geeft u uw buurt?",
        kind="grade",
        indicator_name="Rapportcijfer buurt",
    )
    return made


def measurement(survey: DoorSurvey, kind: str = "baseline") -> Measurement:
    return Measurement.objects.select_related("survey__source").get(survey=survey, kind=kind)


def opened(survey: DoorSurvey, kind: str = "baseline") -> Measurement:
    open_measurement(measurement=measurement(survey, kind), actor=staff())
    return measurement(survey, kind)


def answer(measurement: Measurement, buurt: Area, *answers: int | None, **fields: Any) -> bool:
    """What one household says to the questions in their order; None is no answer."""
    questions = measurement.survey.questions.order_by("order")
    given = {
        str(question.pk): one for question, one in zip(questions, answers, strict=False) if one is not None
    }
    usual: dict[str, Any] = {
        "measurement_id": measurement.pk,
        "buurt_id": buurt.pk,
        "outcome": DoorResponse.Outcome.ANSWERED,
        "answers": given,
        "resend_key": uuid.uuid4(),
        "actor": staff(),
    }
    return record_response(**(usual | fields))


def answered(measurement: Measurement, buurt: Area, yes: int, no: int, grade: int = 7) -> None:
    """Many households at once: so many said yes, so many no, all with this grade."""
    safe, grades = measurement.survey.questions.order_by("order")
    DoorResponse.objects.bulk_create(
        DoorResponse(
            measurement=measurement,
            buurt=buurt,
            outcome="answered",
            answers={str(safe.pk): 1 if number < yes else 2, str(grades.pk): grade + number % 2},
            resend_key=uuid.uuid4(),
            recorded_by=staff(),
        )
        for number in range(yes + no)
    )


def closed(survey: DoorSurvey, kind: str = "baseline") -> Measurement:
    close_measurement(measurement=measurement(survey, kind), actor=staff())
    return measurement(survey, kind)
