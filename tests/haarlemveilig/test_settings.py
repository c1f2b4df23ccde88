import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings


def read_settings(folder: Path, *names: str, **environment: str) -> list[Any]:
    """Settings as a process of its own reads them from this environment."""
    code = (
        "import json, sys; from haarlemveilig import settings;"
        "print(json.dumps([getattr(settings, n) for n in sys.argv[1:]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        cwd=settings.BASE_DIR,
        env={"VAR_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def test_options_in_the_address_of_the_database_are_kept(tmp_path: Path) -> None:
    url = "postgres://user@localhost/name?sslmode=require"
    (databases,) = read_settings(tmp_path, "DATABASES", DATABASE_URL=url)
    options = databases["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    assert options["pool"]["max_size"] == 10


def test_nothing_set_is_a_try_out_on_sqlite_with_files(tmp_path: Path) -> None:
    names = ("DATABASES", "CELERY_BROKER_URL", "EMAIL_BACKEND", "DEMO", "HTTPS")
    databases, broker, mail, *switches = read_settings(tmp_path, *names)
    assert databases["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert broker == "filesystem://"
    assert mail.endswith("filebased.EmailBackend")
    assert switches == [False, False]


def test_a_try_out_keeps_its_secret_and_shows_it_to_nobody_else(tmp_path: Path) -> None:
    (first,), (second,) = (read_settings(tmp_path, "SECRET_KEY") for _ in range(2))
    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_mails_about_security_go_to_the_sender_unless_told_otherwise(tmp_path: Path) -> None:
    sender = {"DEFAULT_FROM_EMAIL": "Utrecht Veilig <veilig@utrecht.example>"}
    assert read_settings(tmp_path, "SECURITY_CONTACT", **sender) == ["veilig@utrecht.example"]
    own = {**sender, "SECURITY_CONTACT": "ciso@utrecht.example"}
    assert read_settings(tmp_path, "SECURITY_CONTACT", **own) == ["ciso@utrecht.example"]


RESIDENTS = {"RESIDENT_OIDC_SERVER_URL": "https://digid.example.org", "RESIDENT_OIDC_CLIENT_ID": "x"}
COLLEAGUES = {"OIDC_SERVER_URL": "https://work.example.org", "OIDC_CLIENT_ID": "y"}


def test_residents_have_no_provider_unless_one_is_set_and_are_asked_for_no_name(tmp_path: Path) -> None:
    assert read_settings(tmp_path, "RESIDENT_OIDC") == [""]
    names = ("RESIDENT_OIDC", "SOCIALACCOUNT_PROVIDERS")
    provider, providers = read_settings(tmp_path, *names, **RESIDENTS, **COLLEAGUES)
    colleagues, residents = providers["openid_connect"]["APPS"]
    assert (provider, residents["provider_id"], colleagues["provider_id"]) == (
        "bewoners",
        "bewoners",
        "gemeente",
    )
    assert residents["settings"]["scope"] == ["openid"]
    assert residents["settings"]["fetch_userinfo"] is False
    assert "scope" not in colleagues["settings"]


def test_the_site_does_not_start_when_residents_could_pass_for_colleagues(tmp_path: Path) -> None:
    same = {**RESIDENTS, **COLLEAGUES, "OIDC_ID": "een", "RESIDENT_OIDC_ID": "een"}
    with pytest.raises(subprocess.CalledProcessError) as refused:
        read_settings(tmp_path, "RESIDENT_OIDC", **same)
    assert "must differ" in refused.value.stderr
