// Components: put in order by pointer or keyboard, several chosen at once.
(() => {
  "use strict";
  const said = () => document.getElementById("move-said");
  let moving = null; // what is grabbed, and where it came from
  let isSettling = false; // an element that is moved loses the focus for a moment

  const itemOf = (grip) => grip.closest("li.component, section.group");
  const isGroup = (item) => item.matches("section");
  const listOf = (item) => item.closest("[data-drop]");
  const items = (item) =>
    isGroup(item)
      ? [...document.querySelectorAll("#groups > section[data-id]")]
      : [...listOf(item).querySelectorAll(":scope > li")];

  const say = (word, item) => {
    const region = said();
    const all = items(item);
    const group = isGroup(item) ? region.dataset.page : listOf(item).dataset.name;
    const values = { name: item.dataset.name, place: all.indexOf(item) + 1, total: all.length, group };
    region.textContent = region.dataset[word].replace(/%(\w+)%/g, (_whole, name) => values[name]);
  };
  const put = (item, place) => {
    isSettling = true;
    place();
    if (document.activeElement === document.body) item.querySelector("[data-grip]").focus();
    isSettling = false;
  };
  const grab = (item) => {
    moving = { item, parent: item.parentElement, next: item.nextElementSibling };
    item.classList.add("moving");
  };
  const release = () => {
    moving.item.classList.remove("moving");
    document.body.classList.remove("dragging-now");
    moving = null;
  };
  const putBack = () => {
    const { item, parent, next } = moving;
    put(item, () => parent.insertBefore(item, next));
    release();
    say("back", item);
  };
  const send = async (item) => {
    const next = item.nextElementSibling;
    const body = new URLSearchParams({ before: next?.dataset.id ?? "" });
    if (!isGroup(item)) body.set("group", listOf(item).dataset.drop);
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    const path = `${isGroup(item) ? "groups/" : ""}${item.dataset.id}/move/`;
    const answer = await fetch(path, { method: "POST", headers: { ...headers, "HX-Request": "true" }, body })
      .catch(() => null);
    const elsewhere = answer?.headers.get("HX-Redirect");
    if (elsewhere) location.assign(elsewhere);
    else if (answer?.status !== 204) {
      say("failed", item);
      setTimeout(() => location.reload(), 1500);
    }
  };
  const drop = () => {
    const { item, parent, next } = moving;
    release();
    say("dropped", item);
    if (item.parentElement !== parent || item.nextElementSibling !== next) send(item);
  };

  const step = (item, isUp) => {
    const all = items(item);
    const other = all[all.indexOf(item) + (isUp ? -1 : 1)];
    if (other) return put(item, () => (isUp ? other.before(item) : other.after(item)));
    if (isGroup(item)) return;
    const lists = [...document.querySelectorAll("[data-drop]")];
    const list = lists[lists.indexOf(listOf(item)) + (isUp ? -1 : 1)];
    if (list) put(item, () => (isUp ? list.append(item) : list.prepend(item)));
  };
  document.addEventListener("keydown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip) return;
    const item = itemOf(grip);
    const isMine = moving?.item === item;
    if (event.key === " " || event.key === "Enter") {
      if (isMine) drop();
      else {
        grab(item);
        say("grabbed", item);
      }
    } else if (isMine && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      step(item, event.key === "ArrowUp");
      grip.scrollIntoView({ block: "nearest" });
      say("moved", item);
    } else if (isMine && event.key === "Escape") putBack();
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusout", (event) => {
    if (!isSettling && moving && !moving.pointer && moving.item.contains(event.target)) putBack();
  });

  const below = (x, y) => {
    const found = document.elementFromPoint(x, y);
    if (isGroup(moving.item)) return found?.closest("#groups > section[data-id]");
    return found?.closest("li.component") ?? found?.closest("section.group")?.querySelector("[data-drop]");
  };
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.("[data-grip]");
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    grip.focus();
    if (moving) putBack();
    grab(itemOf(grip));
    moving.pointer = event.pointerId;
    document.body.classList.add("dragging-now");
  });
  document.addEventListener("pointermove", (event) => {
    if (moving?.pointer !== event.pointerId) return;
    const edge = 70;
    if (event.clientY < edge) scrollBy(0, -12);
    else if (event.clientY > innerHeight - edge) scrollBy(0, 12);
    const other = below(event.clientX, event.clientY);
    const { item } = moving;
    if (!other || other === item || item.contains(other)) return;
    if (other.matches("[data-drop]")) {
      if (listOf(item) !== other) put(item, () => other.append(item));
      return;
    }
    const box = other.getBoundingClientRect();
    const isAbove = event.clientY < box.top + box.height / 2;
    const isThere = isAbove ? other.previousElementSibling === item : other.nextElementSibling === item;
    if (!isThere) put(item, () => (isAbove ? other.before(item) : other.after(item)));
  });
  document.addEventListener("pointerup", (event) => {
    if (moving?.pointer === event.pointerId) drop();
  });
  document.addEventListener("pointercancel", (event) => {
    if (moving?.pointer === event.pointerId) putBack();
  });

  // A row that is answered anew keeps the place of the keyboard.
  document.addEventListener("htmx:afterSwap", (event) => {
    const path = event.detail.requestConfig?.path ?? "";
    const found = /^(\w+)\/(status|showcased)\/$/.exec(path);
    if (found) document.getElementById(`${found[2] === "status" ? "s" : "t"}-${found[1]}`)?.focus();
  });

  const count = () => {
    const shown = document.querySelector("[data-chosen-count]");
    if (!shown) return;
    shown.textContent = String(document.querySelectorAll("[name=chosen]:checked").length);
    document.querySelector("[data-chosen-none]").hidden = false;
  };
  let last = null;
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("input[name=chosen]");
    if (!box) return;
    // With shift everything between two of them is chosen.
    if (event.shiftKey && last?.isConnected) {
      const all = [...document.querySelectorAll("input[name=chosen]")];
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const one of all.slice(from, to + 1)) one.checked = box.checked;
    }
    last = box;
    count();
  });
  document.addEventListener("reset", () => setTimeout(count));
  addEventListener("pageshow", count);
})();
