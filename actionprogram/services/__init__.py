"""All writes to a programme."""

from actionprogram.services.editing import change_rows, save_section
from actionprogram.services.importing import import_programme
from actionprogram.services.publishing import publish_programme

__all__ = ["change_rows", "import_programme", "publish_programme", "save_section"]
