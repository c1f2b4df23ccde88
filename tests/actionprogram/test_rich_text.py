import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionprogram.rich_text import (
    MAX_DEPTH,
    PaperWriter,
    WebWriter,
    clean,
    clean_inline,
    from_typed,
    to_typed,
)
from actionprogram.view_model import Note

NOTES = [Note("a", 1, "Eerste noot"), Note("b", 2, "Tweede <em>noot</em>")]


# --- cleaning -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">tekst</p>',
        '<a href="javascript:alert(1)">klik</a>',
        '<img src="https://elders.example/x.png">',
        '<a href="file:///etc/passwd">bestand</a>',
        '<p style="position:fixed">tekst</p>',
        "<iframe src='https://elders.example'></iframe>",
    ],
)
def test_hostile_html_is_harmless(hostile: str) -> None:
    cleaned = clean(hostile)
    for word in ("script", "onclick", "javascript", "<img", "file:", "style", "iframe"):
        assert word not in cleaned


def test_a_link_without_a_whole_address_keeps_only_its_words() -> None:
    assert "href" not in clean('<p><a href="/wijken/">wijken</a></p>')


def test_lists_in_lists_in_lists_end_somewhere() -> None:
    deep = "<ul><li>" * 200 + "tekst" + "</li></ul>" * 200
    assert clean(deep).count("<") <= 2 * MAX_DEPTH
    assert "tekst" in clean(deep)


def test_bare_text_becomes_a_paragraph() -> None:
    assert clean("R&D") == "<p>R&amp;D</p>"


def test_a_footnote_stays_one_run_of_text() -> None:
    assert clean_inline("<p>Een <strong>noot</strong></p>") == "Een <strong>noot</strong>"


# --- typing ---------------------------------------------------------------------------------------
def test_what_people_type_becomes_paragraphs_lists_and_emphasis() -> None:
    typed = "Een **vet** en *schuin* woord.\nNieuwe regel.\n\n- een\n- twee\n\n1. eerst\n2. dan"
    assert from_typed(typed) == (
        "<p>Een <strong>vet</strong> en <em>schuin</em> woord.<br>Nieuwe regel.</p>"
        "<ul><li>een</li><li>twee</li></ul><ol><li>eerst</li><li>dan</li></ol>"
    )


def test_a_link_is_typed_with_its_address() -> None:
    html = from_typed("Zie [de wet](https://wetten.example/?a=1&b=2).")
    assert html == '<p>Zie <a href="https://wetten.example/?a=1&amp;b=2">de wet</a>.</p>'
    assert to_typed(html) == "Zie [de wet](https://wetten.example/?a=1&b=2)."


def test_a_footnote_mark_survives_the_round_trip() -> None:
    assert from_typed(to_typed("<p>Woord[^noot].</p>")) == "<p>Woord[^noot].</p>"


def test_what_plain_text_cannot_say_is_shown_as_html() -> None:
    nested = "<ul><li>een<ul><li>dieper</li></ul></li></ul>"
    assert to_typed(nested) == nested
    assert from_typed(nested) == nested


inline = st.text("ab *&<>[]()^-1.\"'", max_size=20)
texts = st.lists(
    st.tuples(st.sampled_from(["p", "ul", "ol"]), st.lists(inline, min_size=1, max_size=3)), max_size=4
)


@given(st.text("ab *&<>[]()^-1.\n\"'", max_size=60))
def test_nothing_that_is_typed_can_break_out_of_its_paragraph(typed: str) -> None:
    html = from_typed(typed)
    assert clean(html) == html


@given(st.text("ab *&<>[]()^-1.\n\"'", max_size=60))
def test_opening_and_saving_a_text_without_touching_it_changes_nothing(typed: str) -> None:
    html = from_typed(typed)
    assert from_typed(to_typed(html)) == html


@given(texts)
def test_any_clean_html_survives_being_shown_in_a_plain_field(blocks: list[tuple[str, list[str]]]) -> None:
    tags = {"p": "{}", "ul": "<li>{}</li>", "ol": "<li>{}</li>"}
    html = clean(
        "".join(
            f"<{tag}>{''.join(tags[tag].format(item) for item in items)}</{tag}>" for tag, items in blocks
        )
    )
    assert from_typed(to_typed(html)) == html


# --- writing --------------------------------------------------------------------------------------
def test_on_the_web_a_call_links_to_the_note_and_the_note_back_to_every_call() -> None:
    writer = WebWriter(NOTES)
    html = writer.rich("<p>Een[^b] en weer[^b].</p>")
    assert 'href="#noot-2" id="bij-noot-2-1"' in html
    assert 'href="#noot-2" id="bij-noot-2-2"' in html
    [(note, text, places)] = writer.called()
    assert (note.number, text) == (2, "Tweede <em>noot</em>")
    assert places == ["bij-noot-2-1", "bij-noot-2-2"]


def test_on_paper_the_first_call_carries_the_note_and_later_ones_only_its_number() -> None:
    writer = PaperWriter(NOTES)
    assert writer.plain("Een[^a]") == 'Een<span class="p-fn">Eerste noot</span>'
    assert writer.plain("Weer[^a]") == "Weer<sup>1</sup>"


def test_an_unknown_mark_stays_visible() -> None:
    assert WebWriter(NOTES).plain("Een[^weg]") == "Een[^weg]"


def test_plain_text_is_escaped_and_keeps_its_lines() -> None:
    assert WebWriter([]).plain("<b>\nR&D") == "&lt;b&gt;<br>R&amp;D"


def test_only_the_first_paragraph_is_the_lead() -> None:
    html = PaperWriter([]).rich("<p>een</p><p>twee</p>", lead=True)
    assert html == '<p class="p-lead">een</p><p class="p-p">twee</p>'
