import rules

from haarlemveilig.accounts.models import Role
from haarlemveilig.accounts.rules import has_role, is_insider

rules.add_perm("ranking.see_rounds", is_insider)
rules.add_perm("ranking.run_rounds", has_role(Role.BELEIDSMEDEWERKER, Role.BEHEERDER))
rules.add_perm("ranking.moderate", has_role(Role.BELEIDSMEDEWERKER, Role.REDACTEUR, Role.COMMUNICATIE))
# Who counts does not check whether those who took part exist.
rules.add_perm("ranking.audit", has_role(Role.GRIFFIE, Role.PRIVACY_OFFICER))
# At the counter, on the telephone, and typing over paper forms.
rules.add_perm("ranking.assist", has_role(Role.BALIE, Role.BEHEERDER))
