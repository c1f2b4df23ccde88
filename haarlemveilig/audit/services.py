from typing import Any

from django.db import models

from haarlemveilig.audit.models import AuditEntry


def record(
    action: str, *, actor: Any = None, target: models.Model | None = None, **details: Any
) -> AuditEntry:
    """Add a line to the log; call it inside the transaction of the act itself.

    `action` is "app.verb_noun" in the past tense, as in "ranking.round_closed". `details` must be
    JSON and hold no personal data and no secret.
    """
    return AuditEntry.objects.create(
        actor=actor if getattr(actor, "pk", None) else None,
        action=action,
        target_type=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        details=details,
    )
