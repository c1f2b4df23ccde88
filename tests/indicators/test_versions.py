import datetime as dt

from indicators.versions import Version, history_sentence

MAY, SEPTEMBER = dt.date(2026, 5, 15), dt.date(2026, 9, 1)


def test_versions_are_told_in_order() -> None:
    told = history_sentence(
        [Version("volgt", dt.date(2026, 1, 2)), Version("12", MAY), Version("13", SEPTEMBER)]
    )
    assert told == "Eerst volgt, 12 op 15 mei 2026, 13 op 1 september 2026."


def test_an_empty_cell_is_called_empty() -> None:
    assert history_sentence([Version("", MAY)]) == "Sinds 15 mei 2026: leeg."


def test_without_versions_there_is_nothing_to_tell() -> None:
    assert history_sentence([]) == ""


def test_the_same_text_with_another_note_is_told_once() -> None:
    pending = [Version("volgt", dt.date(2026, 1, 2)), Version("volgt", dt.date(2026, 2, 1))]
    assert history_sentence(pending) == "Sinds 2 januari 2026: volgt."
    assert history_sentence([*pending, Version("12", MAY)]) == "Eerst volgt, 12 op 15 mei 2026."
