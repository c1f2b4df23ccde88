from indicators.models.figures import MISSING, Granularity, Observation, Series, Status, Target
from indicators.models.imports import FigureImport
from indicators.models.names import Direction, Indicator, IndicatorAlias, Publication, Source, SourceAlias
from indicators.models.tables import IndicatorTable, TableRow

__all__ = [
    "MISSING",
    "Direction",
    "FigureImport",
    "Granularity",
    "Indicator",
    "IndicatorAlias",
    "IndicatorTable",
    "Observation",
    "Publication",
    "Series",
    "Source",
    "SourceAlias",
    "Status",
    "TableRow",
    "Target",
]
