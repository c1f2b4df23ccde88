import rules

from haarlemveilig.accounts.models import Role
from haarlemveilig.accounts.rules import has_role, is_insider

rules.add_perm("indicators.read", is_insider)
rules.add_perm("indicators.import", has_role(Role.BELEIDSMEDEWERKER, Role.REDACTEUR, Role.BEHEERDER))
