"""What draws charts on the page and in the dashboard: uPlot, and how our drawings are read."""

from pathlib import Path

_UPLOT = Path(__file__).parent / "assets/uplot"
SCRIPT = _UPLOT / "uPlot.iife.min.js"
STYLE = _UPLOT / "uPlot.min.css"

_PLOT = Path(__file__).parent / "assets/plot"
READING = _PLOT / "reading.js"
PLOT_STYLE = _PLOT / "plot.css"
