// Live parts that renew themselves, and forms that show the fields of the chosen kind.
(() => {
  "use strict";
  const TICK_MS = 1000;
  const waited = new WeakMap();
  const isBusy = (part) => {
    const selection = getSelection();
    const isReading = !selection.isCollapsed && part.contains(selection.anchorNode);
    return isReading || part.querySelector("dialog[open], details.menu[open]");
  };
  const renew = (isAtOnce) => {
    if (document.hidden) return;
    for (const part of document.querySelectorAll("[data-poll]")) {
      const seconds = (waited.get(part) ?? 0) + 1;
      const isDue = isAtOnce || seconds >= Number(part.dataset.poll);
      waited.set(part, isDue ? 0 : seconds);
      if (isDue && !isBusy(part)) htmx.trigger(part, "poll");
    }
  };
  setInterval(() => renew(false), TICK_MS);
  document.addEventListener("visibilitychange", () => renew(true));

  const showKind = (form) => {
    const kind = form.querySelector("[name=kind]:checked")?.value;
    if (!kind) return;
    for (const part of form.querySelectorAll("[data-kinds]")) {
      part.hidden = !part.dataset.kinds.split(" ").includes(kind);
    }
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-of-kind]");
    if (form && event.target.name === "kind") showKind(form);
  });
  document.addEventListener("DOMContentLoaded", () =>
    document.querySelectorAll("form[data-of-kind]").forEach(showKind),
  );
})();
