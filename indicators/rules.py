from typing import Any

import rules

from haarlemveilig.accounts.models import Role
from haarlemveilig.accounts.rules import has_role, is_insider
from indicators.models import DoorSurvey

_keeps_figures = has_role(Role.BELEIDSMEDEWERKER, Role.REDACTEUR, Role.BEHEERDER)

rules.add_perm("indicators.read", is_insider)
rules.add_perm("indicators.import", _keeps_figures)
rules.add_perm("indicators.edit", _keeps_figures)
rules.add_perm("indicators.define", _keeps_figures)
rules.add_perm("indicators.interpret", _keeps_figures)
rules.add_perm("indicators.publish", has_role(Role.BELEIDSMEDEWERKER, Role.BEHEERDER, Role.COMMUNICATIE))

# --- surveys at the door --------------------------------------------------------------------------
_sets_up = has_role(Role.BELEIDSMEDEWERKER, Role.WIJKPROFESSIONAL, Role.BEHEERDER)
_goes_along_doors = has_role(Role.VRIJWILLIGER)


@rules.predicate
def _is_sent(user: Any, survey: DoorSurvey) -> bool:
    return survey.volunteers.filter(pk=user.pk).exists()


rules.add_perm("indicators.set_up_survey", _sets_up)
rules.add_perm("indicators.answer_surveys", _sets_up | _goes_along_doors)
# With the survey: a volunteer comes only where they are sent.
rules.add_perm("indicators.answer_survey", _sets_up | (_goes_along_doors & _is_sent))
