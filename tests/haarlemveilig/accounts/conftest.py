import base64
import hashlib
import hmac
import struct
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from haarlemveilig.accounts.models import User
from tests import factories

PASSWORD = "een-lang-wachtwoord"


def totp(secret: str) -> str:
    """The code that an app shows now, by RFC 6238."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 0xF
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


@pytest.fixture
def colleague(city: None) -> User:
    return factories.user("beleidsmedewerker", password=PASSWORD)


@pytest.fixture
def secret(colleague: User) -> str:
    """The colleague has set up an app; this is its secret."""
    secret = generate_totp_secret()
    TOTP.activate(colleague, secret)
    return secret
