"""The statements of `series`: `ids` are placeholders, `step` is seconds; both are filled in."""

_POINTS = """
SELECT metric_id, minute - minute %% {step} AS at, COUNT(*) AS n, SUM(value) AS total,
       MIN(value) AS low, MAX(value) AS high
FROM custom_metrics_datapoint
WHERE metric_id IN ({ids}) AND minute >= %s AND minute < %s
GROUP BY metric_id, minute - minute %% {step}
"""
_HOURS = """
SELECT h.metric_id, h.hour - h.hour %% {step} AS at, h.n, h.total, h.low, h.high
FROM custom_metrics_hourofpoints h
WHERE h.metric_id IN ({ids}) AND h.hour >= %s AND h.hour < %s AND NOT EXISTS (
  SELECT 1 FROM custom_metrics_stalehour s WHERE s.metric_id = h.metric_id AND s.hour = h.hour)
"""
_STALE_HOURS = """
SELECT s.metric_id, s.hour - s.hour %% {step} AS at, COUNT(*) AS n, SUM(p.value) AS total,
       MIN(p.value) AS low, MAX(p.value) AS high
FROM custom_metrics_stalehour s JOIN custom_metrics_datapoint p
  ON p.metric_id = s.metric_id AND p.minute >= s.hour AND p.minute < s.hour + 3600
WHERE s.metric_id IN ({ids}) AND s.hour >= %s AND s.hour < %s
GROUP BY s.metric_id, s.hour - s.hour %% {step}
"""

# Ids, start, end.
FROM_POINTS = _POINTS + "ORDER BY metric_id, at"
# Ids, start and end four times: of whole hours twice, of the cut hour before and the one after.
FROM_HOURS = f"""
SELECT metric_id, at, SUM(n), SUM(total), MIN(low), MAX(high)
FROM ({_HOURS} UNION ALL {_STALE_HOURS} UNION ALL {_POINTS} UNION ALL {_POINTS}) parts
GROUP BY metric_id, at ORDER BY metric_id, at
"""  # noqa: S608 -- put together of constants
