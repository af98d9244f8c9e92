/* Charts of an open page: drawn when they are opened, kept when the page is replaced around them. */
(() => {
  const words = document.getElementById("tip").dataset;
  const charts = new Map();
  const LINES = [["mean", "max"], ["p50", "p95"]];

  class Chart {
    constructor(details) {
      this.range = "24h";
      this.figure = details.querySelector("figure");
      this.caption = this.figure.querySelector("figcaption");
      this.box = this.figure.querySelector(".plot");
      this.keys = this.figure.querySelectorAll(".key span");
      this.source = details.dataset.src;
      this.figure.querySelector(".ranges").hidden = false;
      this.figure.addEventListener("change", (event) => {
        this.range = event.target.value;
        this.load();
      });
      this.box.addEventListener("keydown", (event) => this.step(event));
      this.box.addEventListener("blur", () => this.plot?.setCursor({ left: -10, top: -10 }));
      new ResizeObserver(() => this.fit()).observe(this.box);
      this.load();
    }

    async load() {
      const range = this.range;
      try {
        const answer = await fetch(`${this.source}${range}.json`, { cache: "no-cache" });
        if (!answer.ok) throw answer.status;
        const body = await answer.json();
        if (range === this.range) this.show(body);
      } catch {
        if (range === this.range && range !== this.body?.range) this.caption.textContent = words.lost;
      }
    }

    show(body) {
      const is_new_kind = !this.body || (this.body.range === "24h") !== (body.range === "24h");
      const names = LINES.find(([name]) => name in body);
      this.body = body;
      this.names = names;
      this.times = body[names[0]].map((_, place) => body.start + place * body.step);
      const data = [this.times, ...names.map((name) => body[name])];
      names.forEach((name, place) => { this.keys[place].textContent = words[name]; });
      this.caption.textContent = this.captionOf(body);
      if (this.plot && !is_new_kind) return this.plot.setData(data);
      this.plot?.destroy();
      this.box.replaceChildren();
      const told = (place) => this.tell(place);
      this.plot = new uPlot(pingpongPlot.options(this.box, body.range === "24h", told), data, this.box);
      const slider = {
        role: "slider", tabindex: 0, "aria-label": words.about.replace("%s", this.box.dataset.name),
        "aria-valuemin": 1,
      };
      for (const name in slider) this.box.setAttribute(name, slider[name]);
      this.say(this.times.length - 1);
    }

    captionOf(body) {
      return body.captions?.[document.documentElement.lang] ?? body.caption;
    }

    at(place) {
      const [first, second] = this.names.map((name) => this.body[name][place]);
      const time = pingpongPlot.inFull(this.times[place]);
      if (first == null) return `${time}: ${words.empty}`;
      const told = [first, second].map((ms, line) => `${words[this.names[line]]} ${pingpongPlot.inWords(ms)}`);
      return `${time}: ${told.join(", ")}`;
    }

    say(place) {
      this.box.setAttribute("aria-valuemax", this.times.length);
      this.box.setAttribute("aria-valuenow", place + 1);
      this.box.setAttribute("aria-valuetext", this.at(place));
    }

    tell(place) {
      if (!this.body) return;
      this.caption.textContent = place == null ? this.captionOf(this.body) : this.at(place);
      if (place != null) this.say(place);
    }

    step(event) {
      const last = this.times.length - 1;
      const now = this.plot.cursor.idx ?? this.box.getAttribute("aria-valuenow") - 1;
      const next = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, Home: 0, End: last }[event.key];
      if (next === undefined) return;
      event.preventDefault();
      const place = Math.max(0, Math.min(next, last));
      this.plot.setCursor({ left: this.plot.valToPos(this.times[place], "x"), top: 10 });
    }

    fit() {
      if (this.plot && this.box.clientWidth) {
        this.plot.setSize({ width: this.box.clientWidth, height: this.box.clientHeight });
      }
    }

    repeat() {
      this.paint();
      if (this.body) this.say(this.box.getAttribute("aria-valuenow") - 1);
    }

    paint() {
      this.plot?.redraw(false, true);
    }
  }

  const open = (details) => {
    const known = charts.get(details.id);
    if (!known) return charts.set(details.id, new Chart(details));
    const figure = details.querySelector("figure");
    if (figure !== known.figure) figure.replaceWith(known.figure);
    known.load();
  };
  const openAll = () => document.querySelectorAll(".chart[open]").forEach(open);
  document.addEventListener("toggle", ({ target }) => {
    if (target.matches?.(".chart[open]")) open(target);
  }, true);
  document.addEventListener("page:new", openAll);
  document.addEventListener("page:zone", () => charts.forEach((chart) => chart.repeat()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    charts.forEach((chart) => chart.paint());
  });
  openAll();
})();
