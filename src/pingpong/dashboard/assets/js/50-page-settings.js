// Page settings: the page beside the form, colours that are picked, links that move.
(() => {
  "use strict";
  const timers = new WeakMap();
  const show = (form) => {
    const button = form.querySelector("button[data-shows]");
    button.formTarget = form.dataset.live;
    form.requestSubmit(button);
    button.formTarget = "_blank";
  };
  const showSoon = (form) => {
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => show(form), 500));
  };
  document.addEventListener("submit", (event) => {
    if (event.submitter?.matches("[data-shows]")) delete event.target.dataset.sent;
  });
  document.addEventListener("input", (event) => {
    const picked = event.target.closest?.("input[data-mirrors]");
    if (picked) {
      const text = document.getElementById(picked.dataset.mirrors);
      text.value = picked.value;
      text.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    const colour = document.querySelector(`input[data-mirrors="${event.target.id}"]`);
    if (colour && /^#[0-9a-f]{6}$/i.test(event.target.value)) colour.value = event.target.value;
    const form = event.target.closest?.("form[data-live]");
    if (form) showSoon(form);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-move-up]");
    if (!button) return;
    const rows = [...button.closest("[data-rows]").querySelectorAll(".link-row")];
    const at = rows.indexOf(button.closest(".link-row"));
    const [lower, upper] = [rows[at], rows[at - 1]].map((row) => [...row.querySelectorAll("input")]);
    lower.forEach((input, place) => {
      [input.value, upper[place].value] = [upper[place].value, input.value];
    });
    (rows[at - 1].querySelector("[data-move-up]") ?? upper[0]).focus();
    const form = button.closest("form[data-live]");
    if (form) showSoon(form);
  });
  document.querySelectorAll("form[data-live]").forEach(show);
})();
