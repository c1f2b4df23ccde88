import rules

from haarlemveilig.accounts.models import Role
from haarlemveilig.accounts.rules import has_role, is_insider

rules.add_perm("actionprogram.edit", has_role(Role.BELEIDSMEDEWERKER, Role.REDACTEUR))
rules.add_perm("actionprogram.publish", has_role(Role.BELEIDSMEDEWERKER, Role.COMMUNICATIE))
rules.add_perm("actionprogram.read_draft", is_insider)
