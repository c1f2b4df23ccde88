"""A stranger with only the published files: every figure comes out again, and no change goes unseen."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haarlemveilig.canonical import canonical_json
from participation.ranking import receipts
from participation.ranking.models import Ballot, Round
from participation.ranking.services.publishing import recount_files, result_view
from tests.participation.ranking.conftest import (
    cast_random,
    make_round,
    publish,
    set_all_flagged_apart,
    write_files,
)

pytestmark = pytest.mark.django_db
RECOUNT = Path(__file__).parents[3] / "participation" / "ranking" / "recount"
SCRIPTS = ("verify.py", "verify_intervals.py", "verify_groups.py")
MANY = {"parkwijk": 180, "slachthuiswijk": 140, "meerwijk": 40, "molenwijk": 110}
FLAGGED = {"parkwijk": 25}


def run(folder: Path, script: str, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", script, ".", *more],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def kit_of(
    tmp_path: Path, counts: dict[str, int], *, flags: dict[str, int] | None = None, **fields: object
) -> Path:
    round_ = make_round(**fields)
    cast_random(round_, counts, flags=flags)
    return write_files(publish(round_, judge=set_all_flagged_apart if flags else None), tmp_path / "kit")


@pytest.mark.parametrize(
    ("counts", "flags", "fields"),
    [
        (MANY, None, {"asks_group": True}),
        (MANY, FLAGGED, {"asks_group": True}),
        (MANY, None, {}),
        ({"parkwijk": 300, "slachthuiswijk": 40, "meerwijk": 6, "molenwijk": 14}, None, {"asks_group": True}),
        ({"parkwijk": 300, "slachthuiswijk": 120, "meerwijk": 5}, None, {"asks_group": True}),
        ({"parkwijk": 40, "slachthuiswijk": 20}, None, {"wijken": ["parkwijk", "slachthuiswijk"]}),
        ({"parkwijk": 150, "meerwijk": 130}, None, {"k": 5, "asks_group": True}),
        ({"parkwijk": 120, "meerwijk": 40}, None, {"k": 1}),
        ({"parkwijk": 12}, None, {"asks_group": True}),
        ({"parkwijk": 4}, None, {}),
        ({}, None, {}),
    ],
    ids=[
        "large", "set apart", "no groups", "a wijk merged", "a stadsdeel merged", "two wijken", "five places",
        "one place", "a dozen", "four", "nobody",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("population", "key_dir")
def test_a_stranger_reproduces_every_published_number(
    tmp_path: Path, counts: dict[str, int], flags: dict[str, int] | None, fields: dict[str, object]
) -> None:
    folder = kit_of(tmp_path, counts, flags=flags, **fields)
    for script in SCRIPTS:
        done = run(folder, script)
        assert done.returncode == 0, done.stdout + done.stderr
        assert not re.search("FOUT", done.stdout + done.stderr)


def test_the_script_is_short_and_needs_nothing_but_python() -> None:
    text = (RECOUNT / "verify.py").read_text()
    assert len(text.splitlines()) <= 120
    imported = re.findall(r"^(?:from|import) (\w+)", text, re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names


# --- receipts ---------------------------------------------------------------------------------------
@pytest.mark.usefixtures("population", "key_dir")
def test_a_voter_finds_their_own_ballot_and_hears_whether_it_counts(tmp_path: Path) -> None:
    folder = kit_of(tmp_path, MANY, flags=FLAGGED)
    counted = Ballot.objects.filter(is_set_apart=False).exclude(ranking="").first()
    apart = Ballot.objects.filter(is_set_apart=True).first()
    assert counted is not None
    assert apart is not None
    for ballot, words in ((counted, "telt mee"), (apart, "is apart gezet en telt niet mee")):
        (folder / "bewijs-2026-1.json").write_text(receipt_of(ballot).canonical())
        done = run(folder, "verify.py", "--receipt", "bewijs-2026-1.json")
        assert done.returncode == 0, done.stdout
        names = ", ".join(code.capitalize() for code in ballot.ranking.split(">"))
        assert f"uw stembiljet ({names}) {words}" in done.stdout
    forged = receipt_of(counted).canonical().replace('"v":1', '"v":2')
    (folder / "bewijs-2026-1.json").write_text(forged)
    done = run(folder, "verify.py", "--receipt", "bewijs-2026-1.json")
    assert done.returncode == 1
    assert "niet in de lijst" in done.stdout


def receipt_of(ballot: Ballot) -> receipts.Receipt:
    return receipts.Receipt(
        area=ballot.wijk.code,
        round=ballot.round.code,
        ranking=tuple(ballot.ranking.split(">")) if ballot.ranking else (),
        nonce=bytes.fromhex(ballot.nonce),
    )


# --- changes ----------------------------------------------------------------------------------------
made: dict[str, Path] = {}


@pytest.fixture
def kit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One kit for all tests that only change a copy of it."""
    if "kit" not in made:
        request.getfixturevalue("population")
        request.getfixturevalue("key_dir")
        made["kit"] = kit_of(tmp_path_factory.mktemp("kit"), MANY, flags=FLAGGED, asks_group=True)
    return made["kit"]


def changed(kit: Path) -> Path:
    """A copy to change."""
    copy = kit.with_name("changed")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(kit, copy)
    return copy


def data_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix in (".csv", ".json"))


MANY_TRIES = settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)


@MANY_TRIES
@given(data=st.data())
def test_no_sign_of_any_file_changes_unseen(kit: Path, data: st.DataObject) -> None:
    folder = changed(kit)
    name = data.draw(st.sampled_from([file for file in data_files(folder) if (folder / file).stat().st_size]))
    content = bytearray((folder / name).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(32, 126).filter(lambda sign: sign != content[place]))
    (folder / name).write_bytes(bytes(content))
    # White space between the values of the manifest says nothing.
    if name == "manifest.json" and same_json(kit / name, folder / name):
        return
    done = run(folder, "verify.py")
    assert done.returncode == 1, name


def same_json(one: Path, other: Path) -> bool:
    try:
        return json.loads(one.read_text()) == json.loads(other.read_text())
    except ValueError:
        return False


def test_no_file_can_be_left_out(kit: Path) -> None:
    for name in data_files(kit):
        folder = changed(kit)
        (folder / name).unlink()
        done = run(folder, "verify.py")
        assert done.returncode == 1
        assert "FOUT" in done.stdout + done.stderr


def seal(folder: Path, **fields: object) -> None:
    """Make the manifest fit the changed files, as somebody would who publishes a lie."""
    manifest = json.loads((folder / "manifest.json").read_text()) | fields
    manifest["files"] = {name: sha256((folder / name).read_bytes()).hexdigest() for name in manifest["files"]}
    del manifest["sha256"]
    manifest["sha256"] = sha256(canonical_json(manifest).encode()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("act", ["change", "add", "remove"])
def test_a_changed_an_added_or_a_removed_ballot_is_found_also_when_the_manifest_goes_along(
    kit: Path, act: str
) -> None:
    folder = changed(kit)
    rows = (folder / "ballots.csv").read_text().splitlines()
    if act == "change":
        leaf, area, ranking = rows[7].split(";")
        rows[7] = f"{leaf};{area};{'jeugd' if ranking != 'jeugd' else 'afval'}"
    elif act == "add":
        rows = sorted([*rows, f"{'0' * 64};{rows[0].split(';')[1]};afval"])
    else:
        del rows[7]
    (folder / "ballots.csv").write_text("".join(f"{row}\n" for row in rows))
    seal(folder)
    assert run(folder, "verify.py").returncode == 1


COLUMNS = [
    ("results.csv", column)
    for column in (
        "share",
        "share_raw",
        "low",
        "high",
        "points",
        "points_raw",
        "rank",
        "label",
        "theme",
        "area",
    )
] + [
    ("results_with_all.csv", "share"),
    ("cells.csv", "n"),
    ("cells.csv", "share"),
    ("cells.csv", "place_1"),
    ("cells.csv", "cell"),
    ("cells_with_all.csv", "place_2"),
    ("pairwise.csv", "ballots"),
    ("pairwise_with_all.csv", "ballots"),
    ("composition.csv", "n"),
    ("composition.csv", "share"),
    ("composition.csv", "population_share"),
    ("population.csv", "residents"),
]


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_a_changed_figure_is_found_by_what_it_should_be_also_when_the_manifest_goes_along(
    kit: Path, name: str, column: str
) -> None:
    folder = changed(kit)
    rows = list(csv.DictReader((folder / name).read_text().splitlines()))
    # The whole municipality: its rows tell everything.
    row = next(row for row in rows if row.get("area", "GM0392") == "GM0392")
    row[column] = other_than(row[column])
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / name).write_text(out.getvalue())
    seal(folder)
    assert any(run(folder, script).returncode for script in SCRIPTS)


def other_than(value: str) -> str:
    try:
        return repr(float(value) * 0.9) if "." in value else str(int(value) + 1)
    except ValueError:
        return "in" if value == "out" else "out"


@pytest.mark.parametrize("key", ["n", "population", "deff", "n_eff", "robust", "schulze", "weighted"])
def test_a_changed_figure_in_the_manifest_is_found_also_with_a_new_hash(kit: Path, key: str) -> None:
    folder = changed(kit)
    areas = json.loads((folder / "manifest.json").read_text())["areas"]
    value = areas["GM0392"][key]
    areas["GM0392"][key] = (
        value[::-1] if key == "schulze" else not value if isinstance(value, bool) else value + 1
    )
    seal(folder, areas=areas)
    assert any(run(folder, script).returncode for script in SCRIPTS)


@pytest.mark.usefixtures("population", "key_dir")
def test_the_files_come_out_the_same_whenever_they_are_written(tmp_path: Path) -> None:
    kit = kit_of(tmp_path, {"parkwijk": 120, "meerwijk": 15}, asks_group=True)
    round_ = Round.objects.get()
    for name, _media_type, content in recount_files(round_, result_view(round_)):
        assert (kit / name).read_bytes() == content
