"""What other apps and pages ask of the figures."""

from indicators.selectors.figures import city, figures_for
from indicators.selectors.tables import TableSummary, table_summaries, table_view, table_views

__all__ = ["TableSummary", "city", "figures_for", "table_summaries", "table_view", "table_views"]
