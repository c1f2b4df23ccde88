"""What stands in the CSV file, by W3C's CSV on the Web: columns with types, licence, publisher, date."""

from typing import Any

from indicators.exports.csv_file import DELIMITER
from indicators.exports.document import LICENCE_URL, Document
from indicators.tidy_words import COLUMNS, STATUSES

TYPES: dict[str, Any] = {
    "rij": "integer",
    "reeks": "integer",
    "verzonnen": {"base": "boolean", "format": "ja|nee"},
    "waarde": "decimal",
    "waarde_tot": "decimal",
    "n": "nonNegativeInteger",
    "marge_laag": "decimal",
    "marge_hoog": "decimal",
    "peildatum": {"base": "date", "format": "yyyy-MM-dd"},
    "vastgelegd": "dateTimeStamp",
}
_CODES = ", ".join(f"{word} {sdmx}" for word, sdmx in STATUSES.values())
DESCRIPTIONS = {
    "tabel": "De tabel waarin deze rij staat; leeg voor losse cijfers.",
    "rij": "De plaats van de rij in de tabel, vanaf 1.",
    "label": "De naam van de rij zoals de tabel die drukt.",
    "bron_gedrukt": "De bron zoals de tabel die drukt; leeg betekent: zoals in de rij erboven.",
    "indicator": "Wat er gemeten is.",
    "reeks": "Het nummer van de reeks: indicator, bron, gebied en uitsplitsing samen.",
    "bron": "Wie het geteld of gevraagd heeft.",
    "verzonnen": "Of dit cijfer verzonnen is, als voorbeeld.",
    "gebiedscode": "De code van het gebied volgens het CBS.",
    "soort": "Een meting, een uitgangswaarde of een streefwaarde.",
    "kolom": "De kop van de kolom zoals de tabel die drukt.",
    "periode": "Waarover het cijfer gaat: 2021, 2021-Q2 of 2021-05.",
    "meetperiode": "Wanneer er gemeten is, als dat een andere periode is.",
    "onderdeel": "Bij een vak met meer getallen: welk getal dit is. Elk getal heeft een eigen regel.",
    "waarde": "Het getal, met een punt voor de decimalen.",
    "waarde_tot": "Het andere eind, als de streefwaarde een bereik is.",
    "vergelijking": "Wat voor het getal staat, zoals < of ≥.",
    "status": f"Waarom het vak is zoals het is. Met de code van SDMX: {_CODES}.",
    "status_sdmx": "De code van de status in de lijst CL_OBS_STATUS van SDMX.",
    "reden": "Waarom er geen cijfer staat.",
    "gedrukt": "De tekst van het vak zoals de tabel die drukt. Begint een tekst met een teken waar een "
    "rekenprogramma een formule in leest, dan staat er een apostrof voor.",
    "n": "Hoeveel mensen antwoord gaven.",
    "peildatum": "De datum van het bestand waar het cijfer uit komt.",
    "vastgelegd": "Wanneer het cijfer is vastgelegd.",
}


def csv_metadata(document: Document, csv_url: str) -> dict[str, Any]:
    """The JSON beside the CSV file at `csv_url`."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "nl"}],
        "url": csv_url,
        "dc:title": document.title,
        "dc:description": _description(document),
        "dc:publisher": document.publisher,
        "dc:license": {"@id": LICENCE_URL},
        "dc:modified": {"@value": document.modified.date().isoformat(), "@type": "xsd:date"},
        "dc:source": [source.name for source in document.sources],
        "dialect": {
            "encoding": "utf-8",
            "delimiter": DELIMITER,
            "header": True,
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminators": ["\r\n"],
        },
        "tableSchema": {"columns": [_column(name) for name in COLUMNS]},
    }


def _description(document: Document) -> str:
    sentences = [one.definition for one in document.definitions if one.definition]
    if document.as_of:
        sentences.append(f"Zoals bekend op {document.as_of}.")
    if document.is_synthetic:
        sentences.append("Deze cijfers zijn (deels) verzonnen, als voorbeeld.")
    return " ".join(sentences)


def _column(name: str) -> dict[str, Any]:
    column = {"name": name, "titles": name, "datatype": TYPES.get(name, "string"), "null": ""}
    described = DESCRIPTIONS.get(name)
    return column | ({"dc:description": described} if described else {})
