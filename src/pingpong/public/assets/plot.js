/* How a chart looks: two lines over time, open where nothing was measured. */
const pingpongPlot = (() => {
  const { lang } = document.documentElement;
  const tongue = { en: "en-GB", ar: "ar-u-nu-latn" }[lang] ?? lang;
  const zone = () => document.querySelector("main").dataset.shown ?? document.querySelector("main").dataset.zone;
  const written = (options) => {
    const formats = {};
    return (second) => {
      const timeZone = zone();
      formats[timeZone] ??= new Intl.DateTimeFormat(tongue, { timeZone, ...options });
      return formats[timeZone].format(second * 1000);
    };
  };
  const atHour = written({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const onDay = written({ day: "numeric", month: "short" });
  const inFull = written({ day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" });
  const inWords = (ms) => `${(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)).toLocaleString(tongue)} ms`;
  const color = (name) => () => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const lone = (plot, series, show) => {
    const values = plot.data[series];
    return show ? null : values.flatMap((value, at) =>
      value != null && values[at - 1] == null && values[at + 1] == null ? [at] : []);
  };
  const line = (name, width, dash) => ({
    stroke: color(name), width, dash, spanGaps: false,
    points: { show: false, filter: lone, size: width * 2 + 1, fill: color(name) },
  });
  const axis = (more) => ({
    stroke: color("--soft"), font: "12px system-ui, sans-serif", ticks: { show: false },
    grid: { stroke: color("--line"), width: 1 }, ...more,
  });
  const options = (box, isDay, onCursor) => ({
    width: box.clientWidth, height: box.clientHeight, padding: [8, 20, 0, 0],
    tzDate: (second) => uPlot.tzDate(new Date(second * 1000), zone()),
    legend: { show: false }, select: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    scales: { y: { range: (_, __, most) => [0, (most || 1) * 1.08] } },
    series: [{}, line("--work", 2), line("--minor-bar", 1.25, [4, 3])],
    axes: [
      axis({ space: 70, size: 26, gap: 6, values: (_, splits) => splits.map(isDay ? atHour : onDay) }),
      axis({ size: 70, gap: 8, space: 36, values: (_, splits) => splits.map(inWords) }),
    ],
    hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx)] },
  });
  return { options, inFull, inWords };
})();
