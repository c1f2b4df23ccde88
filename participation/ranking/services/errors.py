"""What can be refused; every message is Dutch, for the person who asked."""


class RoundError(Exception):
    """This cannot be done with the round as it is; the message says why."""


class RoundClosed(RoundError):
    """The ballot does not count: the round is not open (any more)."""


class CodeRefused(RoundError):
    """The code from the letter is wrong or no longer valid."""


class CodeExpired(CodeRefused):
    """The code was right once."""
