"""Codes in paths never reach a log: who reads a log could vote with them.

Masked where a record is made, not at one handler: gunicorn, Django's own server and a sentry bring theirs.
"""

import logging
import logging.config
import re
from typing import Any

# /l/<code>: a letter's code; /b/<code>: other links with power. Up to the end of the path: a code may hold spaces.
_CODE_IN_PATH = re.compile(r"""(/[lb]/)(?:(?! HTTP/)[^"'?\n])+""")


def mask(text: str) -> str:
    """The text with "..." in place of every code in a path."""
    return _CODE_IN_PATH.sub(r"\1...", text)


class MaskedRecord(logging.LogRecord):
    """A line for the log that holds no code, neither in its words nor in what they were made of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            said = self.getMessage()
        except (TypeError, ValueError, KeyError):
            return  # Words and arguments do not fit: logging itself says so, later.
        if (masked := mask(said)) != said:
            self.msg, self.args = masked, None


def configure(config: dict[str, Any]) -> None:
    """What settings.LOGGING_CONFIG names: the usual configuration, and masked records everywhere."""
    logging.setLogRecordFactory(MaskedRecord)
    logging.config.dictConfig(config)
