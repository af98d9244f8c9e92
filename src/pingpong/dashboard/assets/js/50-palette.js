// The command palette, and the shortcuts that places.py tells of.
(() => {
  "use strict";
  const OFF = "single-keys-off";
  const WITHIN_MS = 1200;
  const palette = document.getElementById("palette");
  if (!palette) return;
  const box = palette.querySelector("input");
  const list = document.getElementById("palette-list");
  const none = palette.querySelector(".palette-none");
  const isMac = /mac|iphone|ipad/i.test(navigator.platform);
  let waiting = 0;
  let asking = null;

  for (const hidden of document.querySelectorAll("[data-palette], [data-scripted]")) hidden.hidden = false;
  if (isMac) for (const key of document.querySelectorAll("[data-palette-key]")) key.textContent = "⌘ K";

  const options = () => [...list.querySelectorAll("[role=option]")];
  const select = (option) => {
    list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", option.id);
  };
  const make = (role, text) => {
    const element = document.createElement("div");
    if (role) element.setAttribute("role", role);
    if (text) element.textContent = text;
    return element;
  };
  const show = (groups) => {
    let number = 0;
    list.replaceChildren(
      ...groups.map((group, index) => {
        const head = make("presentation", group.label);
        head.className = "palette-group";
        head.id = `palette-group-${index}`;
        const whole = make("group");
        whole.setAttribute("aria-labelledby", head.id);
        whole.append(head);
        for (const item of group.items) {
          const option = make("option", item.label);
          option.id = `palette-${(number += 1)}`;
          option.dataset.goes = item.url;
          option.setAttribute("aria-selected", "false");
          whole.append(option);
        }
        return whole;
      }),
    );
    none.textContent = number ? "" : none.dataset.none;
    select(options()[0]);
  };
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const query = new URLSearchParams({ q: box.value.trim() });
      const answer = await fetch(`${palette.dataset.url}?${query}`, { signal, headers: { Accept: "application/json" } });
      show((await answer.json()).groups);
    } catch {
      if (signal.aborted) return;
      show([]);
      none.textContent = none.dataset.failed;
    }
  };
  const open = () => {
    if (palette.open) return;
    box.value = "";
    list.replaceChildren();
    none.textContent = "";
    palette.showModal();
    box.focus();
    ask();
  };
  const go = (option) => {
    if (!option) return;
    palette.close();
    location.assign(option.dataset.goes);
  };
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  box.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (event.key === "Enter") go(all[at]);
    else if (to === undefined || !all.length) return;
    else if (event.key.startsWith("Arrow")) select(all[(to + all.length) % all.length]);
    else select(all[Math.min(Math.max(to, 0), all.length - 1)]);
    event.preventDefault();
  });
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) open();
    // Beside it is the backdrop.
    if (event.target === palette) palette.close();
  });

  const areOn = () => localStorage.getItem(OFF) === null;
  const setting = document.querySelector("[data-single-keys]");
  setting.checked = areOn();
  setting.addEventListener("change", () =>
    setting.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1"),
  );
  const FIELD = "input, textarea, select, [contenteditable], trix-editor, dialog";
  let leader = 0; // when the g was pressed
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      return open();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !areOn()) return;
    if (event.target.closest?.(FIELD) || document.querySelector("dialog[open]")) return;
    const isSecond = performance.now() - leader < WITHIN_MS && leader > 0;
    leader = 0;
    if (isSecond) {
      const link = [...document.querySelectorAll("#side [data-key]")].find((one) => one.dataset.key === event.key);
      if (!link) return;
      event.preventDefault();
      return link.click();
    }
    if (event.key === "g") leader = performance.now();
    else if (event.key === "/") open();
    else if (event.key === "?") document.getElementById("shortcuts").showModal();
    else if (event.key === "n") document.querySelector("[data-shortcut=n]")?.click();
    else return;
    event.preventDefault();
  });
})();
