/* Charts of custom metrics: drawn by the server; here they are read, and other times are chosen. */
(() => {
  const chosen = {};
  const readings = {};
  const zone = document.querySelector("main").dataset.zone;
  const usual = "24h";

  class Figure {
    constructor(item) {
      this.item = item;
      this.panel = item.closest(".panel");
      this.drawn = item.querySelector(".drawn");
      this.told = item.querySelector(".told");
      this.prepare();
    }

    get svg() {
      return this.drawn.firstElementChild;
    }

    prepare() {
      if (!this.svg) return;
      this.svg.setAttribute("tabindex", 0);
      const load = () => this.load(this.range ?? usual);
      for (const name of ["pointerenter", "focus"]) this.svg.addEventListener(name, load, { once: true });
    }

    async load(range) {
      this.range = range;
      try {
        const answer = await fetch(`${this.item.dataset.src}${range}.json`, { cache: "no-cache" });
        if (!answer.ok) throw answer.status;
        const facts = await answer.json();
        if (this.range === range) this.show(facts);
      } catch {
        if (this.range === range) this.told.textContent = this.panel.dataset.lost;
      }
    }

    show(facts) {
      const had = this.svg?.contains(document.activeElement);
      const hovered = this.svg?.matches(":hover");
      this.drawn.innerHTML = facts.svg;
      this.told.textContent = facts.caption;
      const words = { language: "en-GB", zone, about: this.item.dataset.name, empty: this.panel.dataset.empty };
      const reading = new pingpongReading(this.svg, this.told, facts, words);
      const before = readings[this.item.id];
      if (before?.range === facts.range) reading.place = before.reading.place;
      readings[this.item.id] = { range: facts.range, reading };
      if (had) this.svg.focus({ preventScroll: true });
      else if (hovered) reading.show(reading.place);
    }
  }

  const prepare = () => {
    for (const panel of document.querySelectorAll(".panel")) {
      const ranges = panel.querySelector(".ranges");
      const figures = [...panel.querySelectorAll(".figure")].map((item) => new Figure(item));
      const choose = (range) => figures.forEach((one) => one.load(range));
      ranges.hidden = false;
      ranges.addEventListener("change", ({ target }) => {
        chosen[panel.id] = target.value;
        choose(target.value);
      });
      const range = chosen[panel.id];
      if (range && range !== usual) {
        panel.querySelector(`input[value="${range}"]`).checked = true;
        choose(range);
      }
    }
  };
  document.addEventListener("page:new", prepare);
  prepare();
})();
