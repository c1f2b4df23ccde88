from types import SimpleNamespace

import pytest

from haarlemveilig.pdf.xmp import claim_pdf_ua


def pdf(metadata: bytes) -> SimpleNamespace:
    return SimpleNamespace(catalog={"Metadata": b"0 0 R"}, objects=[SimpleNamespace(stream=[metadata])])


def test_the_claim_goes_into_the_first_block():
    made = pdf(b"<rdf:RDF>a</rdf:RDF><rdf:RDF>b</rdf:RDF>")
    claim_pdf_ua(made)
    written = made.objects[0].stream[0]
    assert written.startswith(b"<rdf:RDF>a\n<rdf:Description")
    assert written.endswith(b"</rdf:RDF><rdf:RDF>b</rdf:RDF>")


def test_it_does_not_claim_in_silence_what_it_could_not_write():
    with pytest.raises(RuntimeError, match="no RDF block"):
        claim_pdf_ua(pdf(b"<x/>"))
