"""What the API gives, as dataclasses. Each field says under which Dutch name it goes out and what it means."""

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Annotated, Any, get_type_hints


@dataclass(frozen=True)
class Out:
    """The name of a field in the API, and what it means."""

    name: str
    meaning: str


@dataclass(frozen=True)
class AreaRef:
    """Gebied waarover een reeks gaat."""

    code: Annotated[str, Out("code", "Code van het gebied volgens het CBS.")]
    name: Annotated[str, Out("naam", "Hoe het gebied heet.")]
    level: Annotated[str, Out("niveau", "gemeente, stadsdeel, wijk of buurt.")]


@dataclass(frozen=True)
class Area:
    """Een gebied op de kaart van de gemeente."""

    code: Annotated[str, Out("code", "Code volgens het CBS.")]
    name: Annotated[str, Out("naam", "Hoe het gebied heet.")]
    level: Annotated[str, Out("niveau", "gemeente, stadsdeel, wijk of buurt.")]
    parent: Annotated[str | None, Out("ligtIn", "Code van het gebied waar dit in ligt.")]


@dataclass(frozen=True)
class Theme:
    """Een onderwerp van veiligheid of handhaving."""

    code: Annotated[str, Out("code", "Waarmee u op dit thema zoekt.")]
    name: Annotated[str, Out("naam", "Hoe het thema heet.")]


@dataclass(frozen=True)
class Source:
    """Wie telt of vraagt."""

    id: Annotated[int, Out("id", "Nummer van de bron.")]
    name: Annotated[str, Out("naam", "Hoe de bron heet.")]
    kind: Annotated[str, Out("soort", "registratie, enquête, onderzoek of administratie.")]
    method: Annotated[str, Out("methode", "Hoe er geteld of gevraagd wordt.")]
    frequency: Annotated[str, Out("hoeVaak", "Hoe vaak er nieuwe cijfers zijn.")]
    licence: Annotated[str, Out("licentie", "Licentie van de bron.")]
    url: Annotated[str, Out("webadres", "Waar de bron te vinden is.")]
    next_release: Annotated[dt.date | None, Out("volgendeCijfers", "Wanneer er nieuwe cijfers komen.")]
    is_synthetic: Annotated[bool, Out("verzonnen", "Of de cijfers verzonnen zijn, als voorbeeld.")]


@dataclass(frozen=True)
class Indicator:
    """Iets wat gemeten wordt, los van wie het meet en waar."""

    slug: Annotated[str, Out("slug", "Naam in adressen.")]
    name: Annotated[str, Out("naam", "Hoe de indicator heet.")]
    definition: Annotated[str, Out("omschrijving", "Wat het betekent, in gewone taal.")]
    question: Annotated[str, Out("vraag", "De vraag in de enquête.")]
    numerator: Annotated[str, Out("teller", "Wat er geteld wordt.")]
    denominator: Annotated[str, Out("noemer", "Waarop het gedeeld wordt.")]
    unit: Annotated[str, Out("eenheid", "Bijvoorbeeld %.")]
    direction: Annotated[str, Out("richting", "Wat beter betekent; ‘vraagt uitleg’ als dat niet vastligt.")]
    direction_note: Annotated[str, Out("uitlegRichting", "Waarom dat zo is.")]
    theme: Annotated[str | None, Out("thema", "Code van het thema.")]
    published_at: Annotated[dt.datetime, Out("openbaarSinds", "Wanneer dit voor het laatst openbaar werd.")]
    files: Annotated[dict[str, str], Out("bestanden", "Dezelfde cijfers als csv, xlsx en ods.")]


@dataclass(frozen=True)
class Observation:
    """Een cijfer, of waarom het er niet is."""

    period: Annotated[str, Out("periode", "2021, 2021-Q2 of 2021-05.")]
    measured: Annotated[str, Out("gemetenIn", "Wanneer er gemeten is, als dat een andere periode is.")]
    value: Annotated[float | None, Out("waarde", "Het getal; null als er geen is.")]
    comparator: Annotated[str, Out("vergelijking", "Wat voor het getal staat, zoals <.")]
    status: Annotated[str, Out("status", "Waarom het cijfer is zoals het is.")]
    status_sdmx: Annotated[str, Out("statusSdmx", "De status in de lijst CL_OBS_STATUS van SDMX.")]
    printed: Annotated[str, Out("gedrukt", "De tekst zoals een tabel die drukt.")]
    explanation: Annotated[str, Out("toelichting", "Waarom er geen cijfer is, of een noot.")]
    n: Annotated[int | None, Out("n", "Hoeveel mensen antwoord gaven.")]
    low: Annotated[float | None, Out("margeLaag", "Onderkant van de marge.")]
    high: Annotated[float | None, Out("margeHoog", "Bovenkant van de marge.")]
    vintage: Annotated[dt.date, Out("peildatum", "De datum van het bestand waar dit uit komt.")]


@dataclass(frozen=True)
class Target:
    """Wat er bereikt moet worden."""

    period: Annotated[str, Out("periode", "2027, 2027-Q2 of 2027-05.")]
    value: Annotated[float | None, Out("waarde", "Het getal; null als er geen is.")]
    value_high: Annotated[float | None, Out("waardeTot", "Het andere eind van een bereik.")]
    comparator: Annotated[str, Out("vergelijking", "Wat voor het getal staat, zoals <.")]
    status: Annotated[str, Out("status", "Waarom de streefwaarde is zoals hij is.")]
    status_sdmx: Annotated[str, Out("statusSdmx", "De status in de lijst CL_OBS_STATUS van SDMX.")]
    printed: Annotated[str, Out("gedrukt", "De tekst zoals een tabel die drukt.")]
    explanation: Annotated[str, Out("toelichting", "Waarom er geen getal is, of een noot.")]
    vintage: Annotated[dt.date, Out("peildatum", "De datum van het bestand waar dit uit komt.")]


@dataclass(frozen=True)
class Series:
    """Een indicator uit één bron voor één gebied, met alle cijfers in volgorde van tijd."""

    id: Annotated[int, Out("id", "Nummer van de reeks.")]
    indicator: Annotated[str, Out("indicator", "Slug van de indicator.")]
    indicator_name: Annotated[str, Out("indicatorNaam", "Hoe de indicator heet.")]
    source: Annotated[str, Out("bron", "Wie telt of vraagt.")]
    is_synthetic: Annotated[bool, Out("verzonnen", "Of de cijfers verzonnen zijn, als voorbeeld.")]
    area: Annotated[AreaRef, Out("gebied", "Waarover het gaat.")]
    breakdown: Annotated[str, Out("uitsplitsing", "Wat deze reeks van andere onderscheidt.")]
    observations: Annotated[tuple[Observation, ...], Out("waarnemingen", "Wat er gemeten is.")]
    targets: Annotated[tuple[Target, ...], Out("streefwaarden", "Wat er bereikt moet worden.")]


RESOURCES = (AreaRef, Area, Theme, Source, Indicator, Observation, Target, Series)


@cache
def outputs(resource: type) -> dict[str, tuple[Out, Any]]:
    """Per attribute of a resource how it goes out, and its type."""
    hints = get_type_hints(resource, include_extras=True)
    return {
        one.name: (hints[one.name].__metadata__[0], hints[one.name].__origin__) for one in fields(resource)
    }


def to_json(value: Any) -> Any:
    """A resource, or whatever stands in one, as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            out.name: to_json(getattr(value, attribute))
            for attribute, (out, _type) in outputs(type(value)).items()
        }
    if isinstance(value, tuple | list):
        return [to_json(one) for one in value]
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value
