/* Reading a drawing of a metric: the pointer or the arrow keys ask for a step. */
const pingpongReading = (() => {
  const part = (svg, name, sort) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    made.setAttribute("class", sort);
    svg.append(made);
    return made;
  };
  const set = (node, facts) => Object.entries(facts).forEach(([name, value]) => node.setAttribute(name, value));

  return class Reading {
    /* `facts` are the values, `told` is what says them, `words` has a language, a zone and texts. */
    constructor(svg, told, facts, words) {
      Object.assign(this, { svg, told, facts, words, place: facts.values.length - 1 });
      this.summary = told.textContent;
      this.field = svg.querySelector(".field");
      this.curve = svg.querySelector(".curve");
      this.line = part(this.field, "line", "at");
      this.dot = part(this.field, "circle", "at-dot");
      this.inFull = new Intl.DateTimeFormat(words.language, {
        timeZone: words.zone, day: "numeric", month: "long", hour: "2-digit", minute: "2-digit",
      });
      this.number = new Intl.NumberFormat(words.language, { maximumFractionDigits: 12 });
      set(svg, {
        role: "slider", tabindex: 0, "aria-label": words.about, "aria-valuemin": 1,
        "aria-valuemax": facts.values.length,
      });
      this.say();
      this.rest();
      const events = {
        pointermove: (event) => this.point(event), pointerdown: (event) => this.point(event),
        pointerleave: () => this.rest(), focus: () => this.show(this.place), blur: () => this.rest(),
        keydown: (event) => this.step(event),
      };
      for (const name in events) svg.addEventListener(name, events[name]);
    }

    withUnit(value) {
      const close = ["%", "‰", "°"].includes(this.facts.unit.trim());
      return this.number.format(value) + (close ? "" : " ") + this.facts.unit.trim();
    }

    text() {
      const { start, step, values, label } = this.facts;
      const time = this.inFull.format((start + this.place * step) * 1000);
      const value = values[this.place];
      return `${time}: ${value == null ? this.words.empty : `${label} ${this.withUnit(value).trim()}`}`;
    }

    say() {
      set(this.svg, { "aria-valuenow": this.place + 1, "aria-valuetext": this.text() });
    }

    show(place) {
      const { values, scale } = this.facts;
      this.place = Math.max(0, Math.min(place, values.length - 1));
      const value = values[this.place];
      const x = `${((this.place + 0.5) / values.length) * 100}%`;
      set(this.line, { x1: x, x2: x, y1: "0%", y2: "100%", visibility: "visible" });
      const y = `${(1 - (value - scale[0]) / (scale[1] - scale[0])) * 100}%`;
      set(this.dot, { cx: x, cy: y, r: 4.5, visibility: value == null ? "hidden" : "visible" });
      this.told.textContent = this.text();
      this.say();
    }

    rest() {
      set(this.line, { visibility: "hidden" });
      set(this.dot, { visibility: "hidden" });
      this.told.textContent = this.summary;
    }

    point(event) {
      const box = this.curve.getBoundingClientRect();
      this.show(Math.floor(((event.clientX - box.left) / box.width) * this.facts.values.length));
    }

    step(event) {
      const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -1e4, End: 1e4 };
      if (event.key === "Escape") this.rest();
      if (!(event.key in steps)) return;
      event.preventDefault();
      this.show(this.place + steps[event.key]);
    }
  };
})();
