import json

from haarlemveilig.canonical import sha256_of
from participation.ranking.published import ThemeResult
from priorities.departures import Choice
from priorities.evidence import (
    Evidence,
    Figure,
    RoundReference,
    ThemeEvidence,
    by_share,
    snapshot,
)
from tests.priorities.conftest import PARKWIJK

FIGURE = Figure("Te hard", "Politie", False, "21%", 2026, "van 18 naar 21", (18.0, None, 21.0), True)
EVIDENCE = Evidence(
    wijk="WK039209",
    year=2027,
    counted_with=("Meerwijk",),
    round=RoundReference("2026-1", "2026-10-12", True, "an-id", "a-hash"),
    area=PARKWIJK,
    themes=(ThemeEvidence("verkeer", "Verkeer", PARKWIJK.theme("verkeer"), (FIGURE,)),),
)
CHOSEN = [Choice(1, "verkeer", "Omdat.")]


def test_evidence_comes_back_from_its_snapshot_as_it_was() -> None:
    assert Evidence.from_json(snapshot(EVIDENCE, CHOSEN, {"afval": "Later."})) == EVIDENCE


def test_evidence_without_a_round_comes_back_too() -> None:
    bare = Evidence(wijk="WK039209", year=2027)
    assert Evidence.from_json(snapshot(bare, CHOSEN, {})) == bare
    assert bare.tier is None


def test_the_hash_is_the_same_after_a_trip_through_the_database() -> None:
    kept = snapshot(EVIDENCE, CHOSEN, {"afval": "Later."})
    assert sha256_of(json.loads(json.dumps(kept))) == sha256_of(kept)


def test_the_hash_covers_the_evidence_and_the_decision() -> None:
    one = sha256_of(snapshot(EVIDENCE, CHOSEN, {}))
    assert one != sha256_of(snapshot(EVIDENCE, CHOSEN, {"afval": "Later."}))
    assert one != sha256_of(snapshot(EVIDENCE, [], {}))
    assert one != sha256_of(snapshot(Evidence(wijk="WK039209", year=2027), CHOSEN, {}))


def test_themes_stand_from_most_to_least_chosen_and_those_without_a_share_last() -> None:
    themes = [
        ThemeEvidence("a", "A"),
        ThemeEvidence("b", "B", ThemeResult("b", share=0.2)),
        ThemeEvidence("c", "C"),
        ThemeEvidence("d", "D", ThemeResult("d", share=0.4)),
    ]
    assert [theme.code for theme in by_share(themes)] == ["d", "b", "a", "c"]
