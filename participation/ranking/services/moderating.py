"""What residents wrote beside their ballot: read after closing, shown only as a moderator wrote it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from haarlemveilig.audit.services import record
from participation.ranking.models import Remark


@transaction.atomic
def moderate(*, remark: Remark, state: str, public_text: str, actor: Any) -> None:
    """Show a remark with this text, or hide it. The text that came in is never public itself."""
    remark.state = state
    remark.public_text = public_text if state == Remark.State.SHOWN else ""
    remark.moderated_by, remark.moderated_at = actor, timezone.now()
    remark.save(update_fields=["state", "public_text", "moderated_by", "moderated_at"])
    record("ranking.remark_moderated", actor=actor, target=remark, state=state)
