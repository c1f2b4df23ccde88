import rules

from haarlemveilig.accounts.models import Role
from haarlemveilig.accounts.rules import has_role, is_insider

rules.add_perm("ranking.see_rounds", is_insider)
rules.add_perm("ranking.run_rounds", has_role(Role.BELEIDSMEDEWERKER, Role.BEHEERDER))
