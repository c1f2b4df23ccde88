from indicators.models.figures import MISSING, Granularity, Observation, Series, Status, Target
from indicators.models.imports import FigureImport
from indicators.models.names import Direction, Indicator, IndicatorAlias, Publication, Source, SourceAlias
from indicators.models.surveys import DoorQuestion, DoorResponse, DoorResult, DoorSurvey, Measurement
from indicators.models.tables import IndicatorTable, TableRow

__all__ = [
    "MISSING",
    "Direction",
    "DoorQuestion",
    "DoorResponse",
    "DoorResult",
    "DoorSurvey",
    "FigureImport",
    "Granularity",
    "Indicator",
    "IndicatorAlias",
    "IndicatorTable",
    "Measurement",
    "Observation",
    "Publication",
    "Series",
    "Source",
    "SourceAlias",
    "Status",
    "TableRow",
    "Target",
]
