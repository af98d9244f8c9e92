"""What a server answers to the charts of a page that is made by hand."""

import json
from typing import Any

from pingpong.public import statics
from pingpong.public.ranges import RANGES

from .stories import NOW

# Steps of a chart at which nothing was measured.
GAP = range(60, 66)


def answer_to(path: str) -> dict[str, Any]:
    """Return what the browser's driver fulfils a request with."""
    if path == statics.chart_script_path():
        return {"body": statics.chart_script(), "content_type": "text/javascript"}
    if path.endswith("/days.json"):
        failed = [0] * 89 + [3]
        days = {"start": "2025-12-11", "checks": [1440] * 90, "failed": failed, "gaps": [0] * 90}
        return {"body": json.dumps(days), "content_type": "application/json"}
    for chosen in RANGES:
        if path.endswith(f"/{chosen.name}.json"):
            return {"body": json.dumps(_chart(chosen.name)), "content_type": "application/json"}
    return {"status": 404}


def _chart(name: str) -> dict[str, Any]:
    (chosen,) = (one for one in RANGES if one.name == name)
    count = chosen.length_s // chosen.step_s
    middle = [None if place in GAP else count - 1 for place in range(count)]
    high = [None if one is None else one * 2 for one in middle]
    last = int(NOW.timestamp()) // chosen.step_s * chosen.step_s
    lines = ("mean", "max") if name == "24h" else ("p50", "p95")
    return {
        "range": name,
        "start": last - (count - 1) * chosen.step_s,
        "step": chosen.step_s,
        lines[0]: middle,
        lines[1]: high,
        "caption": f"Caption of {name}.",
    }
