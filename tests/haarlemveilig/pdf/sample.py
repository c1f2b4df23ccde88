"""A made-up programme with every part that a real one has, and a letter: the shop window of print.css.

`python -m tests.haarlemveilig.pdf.sample FOLDER` writes both as PDF.
"""

import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

from haarlemveilig.pdf import Attachment, render_in_child

TILES = (
    "1,4 2,3 2,4 2,5 3,3 3,4 4,3 4,4 4,5 5,1 5,2 5,3 5,4 5,5 6,2 6,3 6,4 7,4 7,5 8,4 8,5".split()  # noqa: SIM905
)
STADSDELEN = ("Centrum", "Noord", "Oost", "Zuid-West", "Schalkwijk")
THEMES = ("Veilig op straat", "Rust in de buurt", "Afval en de openbare ruimte", "Jong en veilig")
YEARS = ("2019", "2020", "2021", "2022")
SENTENCES = (
    "In het voorbeeld lopen handhavers hun ronde op de tijden die bewoners noemden.",
    "Wie iets ziet, meldt dat; wie meldt, hoort binnen een week wat er met de melding is gedaan.",
    "De gemeente leidt het overleg, de politie brengt de cijfers mee en de school kent de gezinnen.",
    "Elk kwartaal leest u op de site wat er lukte, wat er niet lukte en waarom het niet lukte.",
)


def programme() -> str:
    """Some 18 pages: tables over page breaks, notes in text and cells, charts, contents with numbers."""
    chapters = "".join(chapter(number, title) for number, title in enumerate(THEMES, start=1))
    return f"""<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>Voorbeeldprogramma Veiligheid 2023</title>
<meta name="author" content="Gemeente Haarlem"><meta name="dcterms.created" content="2023-02-01">
<link rel="stylesheet" href="/static/css/print.css"></head>
<body class="p-doc">{cover()}{contents()}<main>{introduction()}{chapters}</main></body></html>"""


def attachments() -> list[Attachment]:
    return [
        Attachment(
            "metadata.json", "application/json", b'{"titel": "Voorbeeld"}', "Beschrijving van de cijfers"
        ),
        Attachment(
            "cijfers.csv", "text/csv", b"indicator;2022\nMeldingen;981\n", "De cijfers van hoofdstuk 1"
        ),
    ]


def cover() -> str:
    tiles = "".join(_tile(*map(int, tile.split(","))) for tile in TILES)
    return f"""<section class="p-cover" data-title="Voorbeeldprogramma Veiligheid 2023">
<p class="p-cover-brand">Gemeente Haarlem<br>Haarlem Veilig</p>
<svg class="p-cover-map" viewBox="0 0 88 142" role="img"><title>De 21 wijken als tegels</title>{tiles}</svg>
<div class="p-cover-text"><p class="p-title">Voorbeeld&shy;programma Veiligheid 2023</p>
<p class="p-sub">Alles in dit document is verzonnen.</p></div></section>"""


def _tile(row: int, column: int) -> str:
    colour = "#f0a37c" if (row, column) == (5, 3) else "#337682"
    left, top = (column - 1) * 17.8, (row - 1) * 17.8
    return f'<rect fill="{colour}" x="{left:.1f}" y="{top:.1f}" width="16.6" height="16.6" rx="2"/>'


def contents() -> str:
    tops = "".join(
        f'<li class="p-toc-top"><a class="p-toc-link" href="#h{number}">{number}. {title}</a>'
        '<ol class="p-toc-sub">'
        f'<li class="p-toc-row"><a class="p-toc-link" href="#h{number}-lijnen">Actielijnen en acties</a></li>'
        f'<li class="p-toc-row"><a class="p-toc-link" href="#h{number}-plekken">Focuslocaties</a></li>'
        f'<li class="p-toc-row"><a class="p-toc-link" href="#h{number}-cijfers">Cijfers bij {title}</a></li>'
        "</ol></li>"
        for number, title in enumerate(THEMES, start=1)
    )
    return f"""<nav class="p-toc" aria-labelledby="inhoud"><h1 class="p-h1" id="inhoud">Inhoud</h1>
<ol class="p-toc-list"><li class="p-toc-top"><a class="p-toc-link" href="#vooraf">Vooraf</a></li>{tops}
</ol></nav>"""


def introduction() -> str:
    return f"""<article><h1 class="p-h1" id="vooraf">Vooraf</h1>
<p class="p-demo">Voorbeeld. De namen, plekken en cijfers zijn verzonnen.</p>
<p class="p-lead">Zo ziet een verzonnen programma eruit.{note("Ook deze noot is verzonnen.")}</p>
<p class="p-p">{" ".join(SENTENCES * 2)}
<span lang="en">The full text is also available in English.</span></p>
<ul class="p-ul"><li class="p-li">Wat er speelt</li><li class="p-li">Wat we doen
<ul class="p-ul"><li class="p-li">dit jaar</li><li class="p-li">volgend jaar</li></ul></li></ul>
<p class="p-p">Meer weten? Kijk op <a class="p-link" href="https://haarlemveilig.example/programma">de pagina
van het programma</a>, of lees eerst het <a class="p-link" href="#h2">hoofdstuk over rust in de buurt</a>.</p>
<dl class="p-dl"><dt class="p-dt">Actielijn</dt><dd class="p-dd">Een reeks acties met hetzelfde doel.</dd>
<dt class="p-dt">Focuslocatie</dt><dd class="p-dd">Een plek die meer aandacht krijgt.</dd></dl></article>"""


def chapter(number: int, title: str) -> str:
    return f"""<article><h1 class="p-h1" id="h{number}"><span class="p-no">{number}</span> {title}</h1>
<p class="p-lead">{SENTENCES[number % 4]}</p><p class="p-p">{" ".join(SENTENCES * 2)}</p>
<div class="p-aim"><p class="p-aim-k">Ambitie 2023–2026</p>
<p class="p-aim-t">Over vier jaar weet iedereen in de wijk wie waarvoor zorgt.</p></div>
<div class="p-aim"><p class="p-aim-k">Doelstelling 2023</p>
<p class="p-aim-t">Dit jaar hoort elke melder binnen een week wat er is gedaan.</p></div>
<h2 class="p-h2" id="h{number}-lijnen">Actielijnen en acties</h2>{lines(number + 1)}
<div class="p-box"><p class="p-box-p"><b>Van de wijk naar dit hoofdstuk.</b> {SENTENCES[1]}</p></div>
<h3 class="p-h3">Wat en hoe</h3>{what_and_how()}
<h2 class="p-h2" id="h{number}-plekken">Focuslocaties</h2>{places()}
<h2 class="p-h2" id="h{number}-cijfers">Cijfers bij {title}</h2><p class="p-p">{SENTENCES[3]}</p>
{figures(title, rows=9)}
<h3 class="p-h3">Wie doet wat</h3>
<h4 class="p-h4">De gemeente</h4><p class="p-p">{SENTENCES[2]}</p>
<h4 class="p-h4">Bewoners</h4><p class="p-p">{SENTENCES[1]}</p></article>"""


def lines(count: int) -> str:
    width = {2: "p-c50", 3: "p-c33", 4: "p-c25", 5: "p-c20"}[count]
    heads = [
        f'<th class="p-lines-h" scope="col">{line}. Lijn met een naam</th>' for line in range(1, count + 1)
    ]
    acts = ("Afspraken per plek, samen met de buurt", "Extra rondes in de avond", "Uitleg aan wie meldt")
    items = "".join(f'<li class="p-li">{act}</li>' for act in acts)
    cells = [f'<td class="p-lines-c"><ol class="p-lines-ol">{items}</ol></td>'] * count
    return table(f"{count} actielijnen, met de acties voor 2023", [width] * count, heads, [cells])


def what_and_how() -> str:
    rows = [
        (
            f'<th class="p-rh" scope="row">Onderwerp {number}</th>',
            f'<td class="p-td"><ul class="p-lines-ol"><li class="p-li">{SENTENCES[number % 4]}</li>'
            f'<li class="p-li">{SENTENCES[(number + 1) % 4]}</li></ul></td>',
        )
        for number in range(1, 7)
    ]
    heads = ['<th class="p-th" scope="col">Wat gaan we doen</th>', '<th class="p-th" scope="col">Hoe</th>']
    return table("Wat we doen, en hoe", ["p-c33", ""], heads, rows)


def places() -> str:
    rows = [
        (
            f'<th class="p-rh" scope="row">{name}</th>',
            f'<td class="p-td">{" ".join(SENTENCES[:2])}{extra}</td>',
        )
        for name, extra in zip(STADSDELEN, ["", note("Alleen in de zomer."), "", "", ""], strict=True)
    ]
    heads = [
        '<th class="p-th" scope="col">Stadsdeel</th>',
        '<th class="p-th" scope="col">Plek en aanpak</th>',
    ]
    return table("Plekken die in 2023 extra aandacht krijgen", ["p-c20", ""], heads, rows)


def figures(title: str, *, rows: int) -> str:
    classes = ["p-c26", "p-c15", *["p-c9"] * 5, ""]
    names = ("Indicator", "Bron", *YEARS, "Doel 2023", "Verloop")
    heads = [
        f'<th class="p-th{" p-num" if name[-1].isdigit() else ""}" scope="col">{name}</th>' for name in names
    ]
    body: list[Iterable[str]] = []
    for row in range(rows):
        if row % 4 == 0:
            body.append([f'<th class="p-group" scope="rowgroup" colspan="8">Groep {row // 4 + 1}</th>'])
        body.append(figure_row(title, row))
    return table(f"Indicatoren bij {title}", classes, heads, body)


def figure_row(title: str, row: int) -> list[str]:
    values = [700 + row * 37 % 90 + step * 23 * (-1) ** (row + step) for step in range(4)]
    mark = note(f"Telling {row} loopt van december tot december.") if row == 3 else ""
    label = f"Meldingen over {title.lower()}, soort {row + 1}"
    return [
        f'<th class="p-rh" scope="row">{label}{mark}</th>',
        '<td class="p-td">Gemeente</td>',
        *(f'<td class="p-td p-num">{value}</td>' for value in values),
        '<td class="p-td p-num">volgt</td>',
        f'<td class="p-td">{sparkline(label, values)}</td>',
    ]


def sparkline(label: str, values: list[int]) -> str:
    low, high = min(values), max(values)
    points = [
        (6 + 25 * step, 24 - 18 * (value - low) // max(high - low, 1)) for step, value in enumerate(values)
    ]
    path = " ".join(f"{'L' if step else 'M'}{x} {y}" for step, (x, y) in enumerate(points))
    return (
        f'<svg class="p-spark" viewBox="0 0 88 28" role="img"><title>{escape(label)}: '
        f"van {values[0]} in 2019 naar {values[-1]} in 2022</title>"
        f'<path fill="none" stroke="#0f5461" stroke-width="2" d="{path}"/>'
        f'<circle fill="#b04016" cx="{points[-1][0]}" cy="{points[-1][1]}" r="3.5"/></svg>'
    )


def note(text: str) -> str:
    return f'<span class="p-fn">{text}</span>'


def table(caption: str, columns: list[str], heads: list[str], rows: Iterable[Iterable[str]]) -> str:
    widths = "".join(f'<col class="{width}">' if width else "<col>" for width in columns)
    body = "".join(_row(list(row)) for row in rows)
    return (
        f'<table class="p-table"><caption class="p-cap">{caption}</caption><colgroup>{widths}</colgroup>'
        f'<thead><tr class="p-tr">{"".join(heads)}</tr></thead><tbody>{body}</tbody></table>'
    )


def _row(cells: list[str]) -> str:
    return f'<tr class="{"p-tr" if len(cells) > 1 else "p-group-tr"}">{"".join(cells)}</tr>'


def letter() -> str:
    return f"""<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>Voorbeeldbrief</title>
<meta name="author" content="Gemeente Haarlem"><meta name="dcterms.created" content="2023-02-01"></head>
<body class="p-letter"><div class="l-brand"><svg class="l-mark" viewBox="0 0 88 142" role="img">
<title>Beeldmerk</title><rect width="16.6" height="16.6" fill="#b04016"/></svg>
<p class="l-name">Haarlem Veilig</p><p class="l-by">Gemeente Haarlem</p></div>
<p class="l-ret">Retour: Voorbeeldplein 1, 2000 AA Haarlem</p>
<p class="l-address">Mevrouw A. Voorbeeld<br>Voorbeeldstraat 12<br>2033 AB Haarlem</p>
<p class="l-meta">Datum: 1 februari 2023<br>Nummer: V-0001</p>
<main class="l-body"><h1 class="l-h1">Een brief die nooit verstuurd wordt</h1>
<p class="l-p">{SENTENCES[1]}</p>
<div class="l-reply"><p class="l-reply-h">Laat het ons weten</p><p class="l-code">VOOR-BEEL-DCOD</p>
<svg class="l-qr" viewBox="0 0 100 100" role="img"><title>QR-code met het adres van de site</title>
<rect x="8" y="8" width="84" height="84" fill="none" stroke="#1b2a30" stroke-width="5"/></svg></div></main>
<section class="l-page2"><h2 class="l-h2">Vragen en antwoorden</h2><p class="l-p">{SENTENCES[3]}</p></section>
</body></html>"""


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "voorbeeldprogramma.pdf").write_bytes(render_in_child(programme(), attachments=attachments()))
    (folder / "voorbeeldbrief.pdf").write_bytes(render_in_child(letter()))
