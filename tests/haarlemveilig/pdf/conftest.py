from collections.abc import Callable

import pytest

from haarlemveilig.pdf import render
from tests.haarlemveilig.pdf import sample


@pytest.fixture(scope="package")
def programme_html() -> str:
    return sample.programme()


@pytest.fixture(scope="package")
def programme_pdf(programme_html: str) -> bytes:
    return render(programme_html, attachments=sample.attachments())


@pytest.fixture
def document() -> Callable[..., str]:
    """Builds a one-page document; the caller gives the body, and what differs in the head."""

    def build(body: str, head: str = '<meta name="dcterms.created" content="2023-02-01">') -> str:
        start = '<!doctype html><html lang="nl"><head><title>Proef</title>'
        return f'{start}{head}</head><body class="p-doc">{body}'

    return build
