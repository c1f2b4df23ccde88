"""The writes of this app: imports that are all or nothing, with one line in the log."""

from indicators.services.crime import import_crime
from indicators.services.tables import ImportChanged, import_table

__all__ = ["ImportChanged", "import_crime", "import_table"]
