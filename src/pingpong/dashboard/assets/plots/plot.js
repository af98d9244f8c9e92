// The drawing of a custom metric: pointed at, and read by keyboard.
(() => {
  "use strict";
  const root = document.documentElement;
  // Of English the form with 24 hours, as everywhere else here.
  const language = root.lang === "en" ? "en-GB" : root.lang;
  const zone = /(?:^|; )zone=([^;]+)/.exec(document.cookie)?.[1] || undefined;
  const prepare = () => {
    for (const box of document.querySelectorAll("[data-plot]:not(.ready)")) {
      const { plot, about, empty } = box.dataset;
      box.classList.add("ready");
      new pingpongReading(
        box.querySelector(".plot-svg"),
        box.querySelector("[data-told]"),
        JSON.parse(plot),
        { language, zone, about, empty },
      );
    }
  };
  document.addEventListener("htmx:afterSettle", prepare);
  prepare();
})();
