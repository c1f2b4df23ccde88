from typing import Any

from django.http import HttpRequest

from participation.ranking.helping import helping


def helped(request: HttpRequest) -> dict[str, Any]:
    """For the banner on every page of a browser that helps somebody take part."""
    return {"helped": helping(request)}
