import pytest

from indicators.names import bare_label, known_source


@pytest.mark.parametrize(
    ("printed", "name", "kind"),
    [
        ("politie", "Politie", "registration"),
        ("Omnibusonderzoek", "Omnibus", "survey"),
        ("omnibus ", "Omnibus", "survey"),
        ("zvh", "ZVH", "administration"),
        ("Brandweer", "Brandweer", "registration"),
    ],
)
def test_it_knows_sources_by_their_printed_names(printed: str, name: str, kind: str) -> None:
    assert (known_source(printed).name, known_source(printed).kind) == (name, kind)


def test_counting_words_do_not_make_another_indicator() -> None:
    assert bare_label("Aantal overvallen") == bare_label("Overvallen")
    assert bare_label("Aantallen") == "aantallen"
