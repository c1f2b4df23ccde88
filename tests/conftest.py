import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings

from haarlemveilig.accounts.models import User
from tests import factories

# How fast a machine is says nothing about whether the code is right.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session", autouse=True)
def _own_redis(worker_id: str) -> Iterator[None]:
    """A Redis database per test process: they would read each other's cache."""
    if not settings.REDIS_URL:
        yield
        return
    number = 1 + int(worker_id.removeprefix("gw") if worker_id != "master" else 0)
    location = f"{settings.REDIS_URL.rpartition('/')[0]}/{number}"
    with override_settings(CACHES={"default": {**settings.CACHES["default"], "LOCATION": location}}):
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_stray_sessions(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Playwright's loop makes Django open another connection, unclosed: PostgreSQL then keeps the database."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def city(db: None) -> None:
    """A small Haarlem with its themes."""
    factories.municipality()
    factories.themes()


@pytest.fixture
def sign_in(db: None) -> Callable[[User | str], Client]:
    """A browser in which somebody has signed in, second factor included; takes a user or a role."""

    def sign_in(who: User | str) -> Client:
        client = Client()
        client.force_login(
            factories.user(who) if isinstance(who, str) else who,
            backend="haarlemveilig.accounts.backends.NoDemoAccountsOutsideDemo",
        )
        session = client.session
        session["second_factor"] = True
        session.save()
        return client

    return sign_in


# --- browser tests: Debian's Chromium through Playwright ----------------------------------------
@pytest.fixture(scope="session", autouse=True)
def _synchronous() -> Iterator[None]:
    # Playwright runs a loop of its own in this thread; Django would take the tests for asynchronous code.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            # A small /dev/shm, as containers have, makes it crash.
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
        ],
        # A test that made a PDF left only our own fonts to be found in this process.
        "env": {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"},
    }


@pytest.fixture(scope="session")
def base_url() -> None:
    """Instead of the plugin's own, which this pytest warns about; we always give whole addresses."""
