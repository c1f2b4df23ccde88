from typing import Any

import rules

from haarlemveilig.jobs.models import Job


@rules.predicate
def asked_for_it(user: Any, job: Job) -> bool:
    return bool(user.pk and job.requested_by_id == user.pk)


rules.add_perm("jobs.follow", asked_for_it | rules.predicates.is_superuser)
