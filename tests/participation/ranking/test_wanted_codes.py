from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.ranking.wanted_codes import MOST, WantedCode, WantedCodesError, read_wanted

WIJKEN = {"WK039209", "WK039221"}


def faults(*rows: str) -> list[str]:
    with pytest.raises(WantedCodesError) as refused:
        read_wanted("\n".join(["kenmerk;wijkcode", *rows]).encode(), wijken=WIJKEN)
    return refused.value.faults


def test_a_list_is_read_in_its_order() -> None:
    content = "\ufeffKenmerk;Wijkcode\r\nA-1;WK039209\r\n A-2 ;WK039221\r\n\r\n"
    assert read_wanted(content.encode(), wijken=WIJKEN) == [
        WantedCode("A-1", "WK039209"),
        WantedCode("A-2", "WK039221"),
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (";WK039209", "Rij 2, kolom kenmerk: vul een kenmerk in."),
        ("jan@example.org;WK039209", "Rij 2, kolom kenmerk: dit lijkt een e-mailadres."),
        ("111222333;WK039209", "Rij 2, kolom kenmerk: dit kan een burgerservicenummer zijn."),
        ("1112.22.333;WK039209", "Rij 2, kolom kenmerk: dit kan een burgerservicenummer zijn."),
        ("X" * 41 + ";WK039209", "Rij 2, kolom kenmerk: gebruik hoogstens 40 tekens."),
        ("=1+1;WK039209", "Rij 2, kolom kenmerk: gebruik alleen letters, cijfers"),
        ("A1;WK999999", "Rij 2, kolom wijkcode: ‘WK999999’ is geen wijk van deze ronde."),
        ("A1", "Rij 2: hier staan 1 kolommen in plaats van 2."),
    ],
)
def test_a_fault_names_row_and_column(row: str, fault: str) -> None:
    (said,) = faults(row)
    assert said.startswith(fault)


def test_what_may_be_about_a_person_is_not_repeated_in_the_fault() -> None:
    said = " ".join(faults("jan@example.org;WK039209", "111222333;WK039209"))
    assert "jan" not in said
    assert "111222333" not in said


def test_the_same_letter_twice_is_refused() -> None:
    assert faults("A1;WK039209", "A1;WK039221") == ["Rij 3, kolom kenmerk: dit staat ook in rij 2."]


def test_of_many_faults_ten_are_shown_and_the_rest_is_counted() -> None:
    said = faults(*[";WK039209"] * 12)
    assert len(said) == 11
    assert said[-1] == "En nog 2 fouten."


def test_other_columns_an_empty_list_and_too_long_a_list_are_refused() -> None:
    for content, fault in (
        (b"naam;wijk\nJan;WK039209\n", "De eerste rij moet zijn: kenmerk;wijkcode"),
        (b"", "De eerste rij moet zijn: kenmerk;wijkcode"),
        (b"kenmerk;wijkcode\n", "Er staat geen kenmerk in dit bestand."),
        (
            b"kenmerk;wijkcode\n" + b"".join(b"A%d;WK039209\n" % number for number in range(MOST + 1)),
            "Dit zijn 100001 rijen. Maak hoogstens 100000 codes in één keer.",
        ),
    ):
        with pytest.raises(WantedCodesError, match=fault):
            read_wanted(content, wijken=WIJKEN)


@given(st.binary(max_size=300))
def test_whatever_somebody_uploads_is_read_or_refused_in_words(content: bytes) -> None:
    with suppress(WantedCodesError):
        read_wanted(content, wijken=WIJKEN)
