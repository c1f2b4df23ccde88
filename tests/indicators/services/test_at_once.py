"""Figures and answers that come in at the very moment at which somebody makes them public or closes for good."""

import uuid
from threading import Barrier

import pytest

from haarlemveilig.accounts.models import User
from indicators.models import DoorResponse, DoorResult, Indicator, IndicatorTable, Measurement, Observation
from indicators.selectors.editing import edit_grid, table_rows
from indicators.selectors.publishing import fingerprint, news_of
from indicators.services.editing import CellEdit, save_cells
from indicators.services.publishing import FiguresChanged, publish_indicators
from indicators.services.survey_results import close_measurement
from indicators.services.surveys import MeasurementClosed, record_response
from tests import factories
from tests.indicators import doors
from tests.indicators.conftest import table, take_in
from tests.indicators.services.test_publishing import READY
from tests.participation.conftest import at_once, shared_database  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db(transaction=True)
FORMS = 8
TIMES = 5
WAIT = 60


def test_a_form_that_comes_in_while_the_measurement_closes_is_counted_or_refused(
    shared_database: None,  # noqa: F811
    city: None,
) -> None:
    buurt, _other = doors.buurten("Zomervaart", "Parkwijk-Oost")
    measurement = doors.opened(doors.survey())
    doors.answered(measurement, buurt, yes=20, no=10)
    question = str(measurement.survey.questions.order_by("order")[0].pk)
    staff = User(pk=doors.staff().pk)
    together = Barrier(FORMS + 1, timeout=WAIT)

    def act(number: int) -> bool:
        together.wait()
        if number == 0:
            close_measurement(measurement=Measurement.objects.get(pk=measurement.pk), actor=staff)
            return False
        try:
            return record_response(
                measurement_id=measurement.pk,
                buurt_id=buurt.pk,
                outcome="answered",
                answers={question: 1},
                resend_key=uuid.uuid4(),
                actor=staff,
            )
        except MeasurementClosed:
            return False

    counted = 30 + sum(at_once(act, range(FORMS + 1)))
    measurement.refresh_from_db()
    assert DoorResponse.objects.count() == counted
    assert (measurement.state, measurement.rung, measurement.answered) == ("closed", counted, counted)
    assert DoorResult.objects.get(question_id=question, area=buurt).n == counted


def test_an_edit_never_becomes_public_unseen(shared_database: None, city: None) -> None:  # noqa: F811
    take_in(table("1;Jeugd;;Boetes;Politie;1;volgt"))
    Indicator.objects.update(**READY)
    officer = User(pk=factories.user("beleidsmedewerker").pk)
    figures = IndicatorTable.objects.get()

    for time in range(TIMES):
        chosen = list(Indicator.objects.all())
        looked_at = fingerprint(news_of(chosen))
        cell = edit_grid(figures, table_rows(figures)).cells[0]
        edit = CellEdit(cell.series_id, cell.column, cell.saved, str(100 + time), reason="telling")
        together = Barrier(2, timeout=WAIT)

        def act(who: str) -> bool:
            together.wait()  # noqa: B023  the threads end within this round
            if who == "editor":
                return bool(save_cells(table=figures, edits=[edit], reason="", actor=officer).changed)  # noqa: B023
            try:
                return bool(publish_indicators(indicators=chosen, actor=officer, expected=looked_at))  # noqa: B023
            except FiguresChanged:
                return False

        saved, published = at_once(act, ["editor", "publisher"])
        assert saved
        seen = {row.printed for row in Observation.objects.published()}
        assert not published or edit.text not in seen
