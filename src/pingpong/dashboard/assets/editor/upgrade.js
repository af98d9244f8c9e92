// Turns each textarea[data-rich] into an editor; without scripts it stays a textarea.
(() => {
  "use strict";
  const words = document.querySelector('meta[name="editor-words"]')?.dataset ?? {};
  Object.assign(Trix.config.lang, {
    bold: words.bold, italic: words.italic, strike: words.strike, link: words.link,
    unlink: words.unlink, heading1: words.heading, quote: words.quote, code: words.code,
    bullets: words.bullets, numbers: words.numbers, outdent: words.outdent,
    indent: words.indent, undo: words.undo, redo: words.redo, url: words.url,
    urlPlaceholder: words.placeholder,
  });

  const warn = () => {
    const toast = document.createElement("div");
    toast.className = "toast warning";
    toast.textContent = words.noFiles;
    document.getElementById("toasts").append(toast);
    setTimeout(() => toast.remove(), 6000);
  };
  // One stop for the tabulator, arrows from button to button; the editor itself hears of mice only.
  const walkable = (bar) => {
    const buttons = [...bar.querySelectorAll(".trix-button-row button")];
    buttons[0].tabIndex = 0;
    bar.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(event.target);
      if (at < 0) return;
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) {
        const free = buttons.filter((one) => !one.disabled || one === event.target);
        const next = free.at((free.indexOf(event.target) + step) % free.length);
        event.target.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
      } else if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        event.target.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
      }
    });
  };
  document.addEventListener("trix-initialize", (event) => {
    const bar = event.target.toolbarElement;
    bar.querySelector('[data-trix-button-group="file-tools"]')?.remove();
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", words.toolbar);
    walkable(bar);
    if (event.target.dataset.focus) event.target.focus();
  });
  // Messages have no files: what is dropped or pasted in is taken out again.
  document.addEventListener("trix-file-accept", (event) => {
    event.preventDefault();
    warn();
  });
  document.addEventListener("trix-attachment-add", (event) => {
    event.attachment.remove();
    if (!event.attachment.file) warn();
  });

  const upgrade = (area) => {
    const editor = document.createElement("trix-editor");
    const label = document.querySelector(`label[for="${area.id}"]`);
    editor.setAttribute("input", area.id);
    editor.setAttribute("role", "textbox");
    editor.setAttribute("aria-multiline", "true");
    editor.className = "rich";
    if (label) {
      label.id ||= `${area.id}_label`;
      editor.setAttribute("aria-labelledby", label.id);
      label.addEventListener("click", () => editor.focus());
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (area.hasAttribute(name)) editor.setAttribute(name, area.getAttribute(name));
    }
    if (area.autofocus) editor.dataset.focus = "1";
    // A field that cannot be seen must not stop a form.
    area.required = false;
    area.hidden = true;
    area.removeAttribute("data-rich");
    area.after(editor);
  };
  document.querySelectorAll("textarea[data-rich]").forEach(upgrade);
})();
