"""Predicates on roles. Apps build their permissions from these; nothing else asks for a role."""

from typing import Any

import rules

from haarlemveilig.accounts.models import OUTSIDE_ROLES, STAFF_ROLES, Role, User


def has_role(*roles: str) -> Any:
    """A predicate: the person is signed in and has at least one of these roles."""

    @rules.predicate(name=f"has_role:{'|'.join(roles)}")
    def predicate(user: Any) -> bool:
        return isinstance(user, User) and user.is_active and user.has_role(*roles)

    return predicate


# Of the municipality itself: may read what is not public yet.
is_insider = has_role(*sorted(STAFF_ROLES - OUTSIDE_ROLES)) | rules.is_superuser


@rules.predicate
def is_colleague(user: Any) -> bool:
    return isinstance(user, User) and user.is_active and user.is_colleague


rules.add_perm("accounts.use_workplace", is_colleague)
# The apps below this one cannot know roles, so their permissions stand here.
rules.add_perm("mail.read_outbox", has_role(Role.BEHEERDER, Role.COMMUNICATIE))
