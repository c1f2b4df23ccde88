import logging
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def nudge(task: Any, *args: Any) -> None:
    """Tell a worker, after commit, that there is work. A nudge that is lost is repeated by beat."""

    def send() -> None:
        try:
            task.delay(*args)
        except (OperationalError, OSError):
            logger.warning("no broker: %s waits for the next round of beat", task.name)

    transaction.on_commit(send)
