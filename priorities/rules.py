import rules

from haarlemveilig.accounts.models import Role
from haarlemveilig.accounts.rules import has_role, is_insider

rules.add_perm("priorities.read", is_insider)
rules.add_perm("priorities.weigh", has_role(Role.BELEIDSMEDEWERKER))
