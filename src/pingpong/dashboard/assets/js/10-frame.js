// The frame of every screen: side bar on phones, toasts, dialogs, menus, copying, the zone cookie.
(() => {
  "use strict";
  const on = (selector, action) =>
    document.addEventListener("click", (event) => {
      const found = event.target.closest(selector);
      if (found) action(found, event);
    });

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`zone=${zone}`)) {
    const secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = `zone=${zone};path=/dashboard/;max-age=31536000;samesite=lax${secure}`;
  }

  on("[data-toggle-side]", (button) => {
    const isOpen = document.getElementById("side").classList.toggle("open");
    button.setAttribute("aria-expanded", String(isOpen));
  });
  on("[data-dismiss]", (button) => button.closest("[data-toast]").remove());
  on("[data-dialog]", (button) => document.getElementById(button.dataset.dialog).showModal());
  on("[data-close]", (button) => button.closest("dialog").close());
  on("[data-copy]", async (button) => {
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    const label = button.querySelector("span") ?? button;
    const before = label.textContent;
    label.textContent = button.dataset.copied ?? "✓";
    setTimeout(() => (label.textContent = before), 1600);
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  // What is shown for long enough is taken away, unless it can be undone.
  const fade = (toast) => {
    if (!toast.querySelector("form")) setTimeout(() => toast.remove(), 6000);
  };
  document.querySelectorAll("[data-toast]").forEach(fade);
  document.addEventListener("htmx:afterSwap", (event) =>
    event.target.querySelectorAll?.("[data-toast]").forEach(fade),
  );
  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 3000);
  });
})();
