from typing import Any

from django.conf import settings
from django.http import HttpRequest

from haarlemveilig.gemeente.selectors import NoMunicipality, municipality


def gemeente(request: HttpRequest) -> dict[str, Any]:
    """What every template knows: the municipality's profile and whether this is a demo."""
    try:
        profile = municipality()
    except NoMunicipality:
        profile = None
    return {"gemeente": profile, "demo": settings.DEMO, "house_style": settings.HOUSE_STYLE_CSS}
