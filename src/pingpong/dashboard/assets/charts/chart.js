// Charts: what stands as a drawing in the page is drawn anew, to be pointed at and read by keyboard.
(() => {
  "use strict";
  const root = document.documentElement;
  // Of English the form with 24 hours, as everywhere else here.
  const language = root.lang === "en" ? "en-GB" : root.lang;
  const zone = /(?:^|; )zone=([^;]+)/.exec(document.cookie)?.[1] || undefined;
  const COLORS = ["--work", "--minor-bar", "--bad-bar"];
  const DASHES = [[], [5, 3], [1, 4]];
  const written = (options) => {
    const format = new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
    return (second) => format.format(second * 1000);
  };
  const atHour = written({ hour: "2-digit", minute: "2-digit" });
  const onDay = written({ day: "numeric", month: "short" });
  const inFull = written({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
  const color = (name) => () => getComputedStyle(root).getPropertyValue(name).trim();
  const lone = (plot, series, show) => {
    const values = plot.data[series];
    return show
      ? null
      : values.flatMap((value, at) =>
          value != null && values[at - 1] == null && values[at + 1] == null ? [at] : [],
        );
  };
  const line = (_line, place) => ({
    stroke: color(COLORS[place]),
    width: place ? 1.5 : 2,
    dash: DASHES[place],
    spanGaps: false,
    points: { show: false, filter: lone, size: 5, fill: color(COLORS[place]) },
  });
  const axis = (more) => ({
    stroke: color("--soft"),
    font: "12px system-ui, sans-serif",
    ticks: { show: false },
    grid: { stroke: color("--line"), width: 1 },
    ...more,
  });

  const draw = (box) => {
    const told = JSON.parse(box.dataset.chart);
    const caption = box.parentElement.querySelector("[data-caption]");
    const summary = caption.textContent;
    const withUnit = (value) => `${number.format(value)} ${told.unit}`.trim();
    const times = told.lines[0].values.map((_, place) => told.start + place * told.step);
    const data = [times, ...told.lines.map((one) => one.values)];
    const at = (place) => {
      const known = told.lines.filter((one) => one.values[place] != null);
      const words = known.map((one) => `${one.label} ${withUnit(one.values[place])}`);
      return `${inFull(times[place])}: ${words.join(", ") || box.dataset.nothing}`;
    };
    const say = (place) => {
      box.setAttribute("aria-valuenow", place + 1);
      box.setAttribute("aria-valuetext", at(place));
    };
    const tell = (place) => {
      caption.textContent = place == null ? summary : at(place);
      if (place != null) say(place);
    };
    box.replaceChildren();
    box.classList.add("drawn");
    const plot = new uPlot(
      {
        width: box.clientWidth,
        height: box.clientHeight,
        padding: [8, 16, 0, 0],
        tzDate: (second) => (zone ? uPlot.tzDate(new Date(second * 1000), zone) : new Date(second * 1000)),
        legend: { show: false },
        select: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        scales: { y: { range: (_, least, most) => [Math.min(least ?? 0, 0), (most || 1) * 1.08] } },
        series: [{}, ...told.lines.map(line)],
        axes: [
          axis({ space: 70, size: 26, gap: 6, values: (_, splits) => splits.map(told.isShort ? atHour : onDay) }),
          axis({ size: 76, gap: 8, space: 36, values: (_, splits) => splits.map(withUnit) }),
        ],
        hooks: { setCursor: [(drawn) => tell(drawn.cursor.idx)] },
      },
      data,
      box,
    );
    const slider = {
      role: "slider",
      tabindex: 0,
      "aria-label": box.dataset.about.replace("%s", told.name),
      "aria-valuemin": 1,
      "aria-valuemax": times.length,
    };
    for (const name in slider) box.setAttribute(name, slider[name]);
    say(times.length - 1);
    box.addEventListener("keydown", (event) => {
      const last = times.length - 1;
      const now = plot.cursor.idx ?? Number(box.getAttribute("aria-valuenow")) - 1;
      const steps = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0, End: last };
      if (!(event.key in steps)) return;
      event.preventDefault();
      const place = Math.max(0, Math.min(steps[event.key], last));
      plot.setCursor({ left: plot.valToPos(times[place], "x"), top: 10 });
    });
    box.addEventListener("blur", () => plot.setCursor({ left: -10, top: -10 }));
    new ResizeObserver(() => {
      if (box.isConnected && box.clientWidth) plot.setSize({ width: box.clientWidth, height: box.clientHeight });
    }).observe(box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot.redraw(false, true));
  };

  const drawAll = () => document.querySelectorAll("[data-chart]:not(.drawn)").forEach(draw);
  document.addEventListener("htmx:afterSwap", drawAll);
  document.addEventListener("htmx:afterSettle", drawAll);
  drawAll();
})();
