// Incidents: lists that are searched as one types, templates, the preview, sending by keyboard.
(() => {
  "use strict";
  const lower = (text) => text.toLocaleLowerCase();
  document.addEventListener("input", (event) => {
    const box = event.target.closest?.("[data-narrows]");
    if (!box) return;
    const wanted = lower(box.value.trim());
    for (const line of document.getElementById(box.dataset.narrows).children) {
      line.hidden = !lower(line.dataset.name).includes(wanted);
    }
  });
  // Enter in such a box must not send the form around it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.closest?.("[data-narrows]")) event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const select = event.target.closest?.("[data-affected] select");
    if (select) select.closest("li").classList.toggle("hit", select.value !== "");
    const choice = event.target.closest?.("select[data-sends]");
    if (choice) choice.form.requestSubmit();
  });

  // The preview is sent as the form is, into a frame of its own.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-preview]");
    if (!button) return;
    const dialog = document.getElementById(button.dataset.preview);
    button.formTarget = dialog.querySelector("iframe").name;
    dialog.showModal();
  });
  document.addEventListener("submit", (event) => {
    if (!event.submitter?.matches("[data-preview]")) return;
    delete event.target.dataset.sent;
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      const form = event.target.closest?.("form[data-quick]");
      const button = form?.querySelector("button[data-main]");
      if (!button) return;
      event.preventDefault();
      event.stopPropagation();
      // The editor hands over what was typed with the next frame: it must not be too early.
      requestAnimationFrame(() => setTimeout(() => form.requestSubmit(button)));
    },
    true,
  );
})();
