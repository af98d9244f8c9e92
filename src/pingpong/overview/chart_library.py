"""uPlot, which draws charts on the page and in the dashboard."""

from pathlib import Path

_UPLOT = Path(__file__).parent / "assets/uplot"
SCRIPT = _UPLOT / "uPlot.iife.min.js"
STYLE = _UPLOT / "uPlot.min.css"
