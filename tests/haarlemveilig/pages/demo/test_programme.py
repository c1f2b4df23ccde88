"""The demo's programme has the size and the shape of the real one of 2023."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.haarlemveilig.pages.demo.reading import read_csv, read_json, strings, theme_codes

PROGRAMME = read_json("programma_2023.json")
ALLOWED_TAGS = {"p", "ul", "ol", "li", "em", "strong", "a"}
SECTION_KEYS = {
    "kind",
    "title",
    "theme",
    "blocks",
    "actielijnen",
    "what_how",
    "focuslocaties",
    "tables",
    "children",
}
STADSDELEN = ["Centrum", "Noord", "Oost", "Zuid-West", "Schalkwijk"]


def walk(sections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in sections:
        yield section
        yield from walk(section["children"])


SECTIONS = list(walk(PROGRAMME["sections"]))
BLOCKS = [block for section in SECTIONS for block in section["blocks"]]
LINES = [line for section in SECTIONS for line in section["actielijnen"]]
PLACES = [(section["title"], row) for section in SECTIONS for row in section["focuslocaties"]]


class TagReader(HTMLParser):
    """Refuses a tag that is not allowed or not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED_TAGS
        assert {name for name, _value in attrs} <= {"href"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_document_names_its_year_and_its_period() -> None:
    assert PROGRAMME["year"] == 2023
    assert (PROGRAMME["period"]["start"], PROGRAMME["period"]["end"]) == (2023, 2026)
    assert PROGRAMME["title"] == "Actieprogramma Veiligheid en Handhaving 2023"


def test_every_section_has_all_its_keys_and_a_known_theme() -> None:
    for section in SECTIONS:
        assert set(section) == SECTION_KEYS
        assert section["theme"] in [None, *theme_codes()]


def test_the_chapters_stand_in_the_known_order() -> None:
    foreword, period, programme = PROGRAMME["sections"]
    assert foreword["kind"] == "foreword"
    assert [child["title"] for child in period["children"]] == [
        "Prioriteiten",
        "Uitgangspunten",
        "Handhavingsstrategie",
    ]
    assert [child["kind"] for child in programme["children"]] == ["priority"] * 3 + ["theme"] * 9


def test_the_foreword_says_that_the_sentences_are_invented() -> None:
    text = " ".join(strings(PROGRAMME["sections"][0]))
    assert "demonstratietekst" in text
    assert "verzonnen" in text


def test_it_has_12_actielijnen_with_38_acties_that_each_have_an_owner() -> None:
    acties = [actie for line in LINES for actie in line["acties"]]
    assert (len(LINES), len(acties)) == (12, 38)
    assert all(actie["text"] and actie["owner"] and "recurrence" in actie for actie in acties)


def test_only_priorities_have_actielijnen_and_an_ambition() -> None:
    for section in SECTIONS:
        is_priority = section["kind"] == "priority"
        assert bool(section["actielijnen"]) == is_priority
        assert any(block["kind"] == "ambition" for block in section["blocks"]) == is_priority


def test_every_chapter_has_exactly_one_objective() -> None:
    for section in SECTIONS:
        objectives = [block for block in section["blocks"] if block["kind"] == "objective"]
        assert len(objectives) == (section["kind"] in ("priority", "theme"))


def test_it_has_23_rows_of_what_and_how_with_71_items() -> None:
    rows = [row for section in SECTIONS for row in section["what_how"]]
    assert (len(rows), sum(len(row["how"]) for row in rows)) == (23, 71)


def test_it_has_24_rows_of_focuslocaties_of_which_one_table_holds_31_items() -> None:
    items = Counter[str]()
    for title, row in PLACES:
        assert row["stadsdeel"] in STADSDELEN
        items[title] += len(row["items"])
    assert len(PLACES) == 24
    assert items["Leefbaarheid van wijken en buurten"] == 31


def test_a_focuslocatie_names_a_known_handhavingsthema_or_none() -> None:
    known = [None, *(theme["code"] for theme in read_json("handhavingsthemas.json"))]
    assert all(item["theme"] in known and item["text"] for _title, row in PLACES for item in row["items"])


def test_it_places_every_printed_table_once_in_the_chapter_of_that_name() -> None:
    placed = [(section["title"], table) for section in SECTIONS for table in section["tables"]]
    printed = dict.fromkeys(row["thema"] for row in read_csv("haarlem-indicatoren-2023.csv", ";"))
    assert placed == [(name, name) for name in printed]


def test_every_footnote_is_used_and_every_mark_has_a_footnote() -> None:
    marks = set(re.findall(r"\[\^([a-z]+)\]", " ".join(strings(PROGRAMME["sections"]))))
    noted = {key for notes in PROGRAMME["table_notes"].values() for key in notes.values()}
    assert marks | noted == set(PROGRAMME["footnotes"])
    assert len(PROGRAMME["footnotes"]) == 7


def test_table_notes_hang_on_rows_that_exist() -> None:
    rows = {(row["thema"], row["indicator"]) for row in read_csv("haarlem-indicatoren-2023.csv", ";")}
    assert {(table, label) for table, notes in PROGRAMME["table_notes"].items() for label in notes} <= rows


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["html"][:30])
def test_a_block_is_plain_in_a_heading_and_limited_html_elsewhere(block: dict[str, Any]) -> None:
    assert block["kind"] in {"text", "ambition", "objective", "heading"}
    if block["kind"] == "heading":
        assert "<" not in block["html"]
        return
    reader = TagReader()
    reader.feed(block["html"])
    reader.close()
    assert not reader.open
