(() => {
  let last;
  const { lang } = document.documentElement;
  const tongue = { en: "en-GB", ar: "ar-u-nu-latn" }[lang] ?? lang;
  const home = () => document.querySelector("main").dataset;
  const $ = (id, within = document) => within.getElementById(id);
  const key = (from) => from.querySelector("main").dataset.changed + !!from.querySelector(".stale");
  // Times: in the reader's zone, and in the page's at a tap. Nothing is remembered.
  const HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
  const DATE = { day: "numeric", month: "long", year: "numeric" };
  const formats = {};
  const format = (kind, options, timeZone) =>
    (formats[kind + timeZone] ??= new Intl.DateTimeFormat(tongue, { timeZone, ...options }));
  const mine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  let isMine = true;
  const isSame = (at) => new Set([mine, home().zone].map((timeZone) =>
    format("wall", { ...DATE, hour: "2-digit", minute: "2-digit" }, timeZone).format(at))).size === 1;
  const told = (time, zone) => {
    const at = new Date(time.dateTime);
    const { end, short } = time.dataset;
    const day = (one) => format("day", DATE, zone).format(one);
    if (end) return format("range", { weekday: "short", ...DATE, ...HOUR }, zone).formatRange(at, new Date(end));
    const isToday = short != null && day(at) === day(new Date());
    return format(isToday, isToday ? HOUR : { ...DATE, ...HOUR }, zone).format(at);
  };
  const local = () => {
    const times = [...document.querySelectorAll("time[datetime]")];
    const differ = times.some((time) => !isSame(new Date(time.dateTime)));
    for (const time of differ ? times : []) {
      time.said ??= time.textContent;
      const own = told(time, mine);
      time.textContent = isMine ? own : time.said;
      time.title = isMine ? time.said : own;
    }
    home().shown = differ && isMine ? mine : home().zone;
    const button = $("zones").querySelector("button");
    $("zones").hidden = !differ;
    button.textContent = isMine ? button.dataset.page : button.dataset.mine;
    $("times").textContent = differ && isMine ? $("times").dataset.mine : $("times").dataset.page;
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest("#zones button")) {
      isMine = !isMine;
      local();
      document.dispatchEvent(new Event("page:zone"));
    } else if (!event.target.closest("#languages")) $("languages")?.removeAttribute("open");
  });
  const spans = document.documentElement.lang;
  const unit = (count, name) => new Intl.NumberFormat(spans, { style: "unit", unit: name }).format(count);
  const count_down = () => document.querySelectorAll(".promise .left").forEach((left) => {
    const at = new Date(left.parentElement.querySelector("time").dateTime);
    const minutes = Math.ceil((at - Date.now()) / 6e4);
    const words = minutes < 60 ? [unit(minutes, "minute")] : [unit(Math.floor(minutes / 60), "hour")];
    if (minutes > 60 && minutes % 60) words.push(unit(minutes % 60, "minute"));
    left.textContent = minutes > 0 ? left.dataset.form.replace("%s", words.join(" ")) : left.dataset.late;
  });
  const show = (fresh) => {
    for (const details of document.querySelectorAll("details[id]")) {
      const same = $(details.id, fresh);
      if (same && (details.open || details.matches(".chart, .panel-below"))) same.open = details.open;
    }
    if (document.title !== fresh.title) $("live").textContent = fresh.querySelector("h1").textContent;
    document.title = fresh.title;
    document.querySelector("link[rel=icon]").href = fresh.querySelector("link[rel=icon]").href;
    const held = document.activeElement;
    const place = held.closest("main [id]")?.id;
    const asked = shown && { id: shown.bars.id, day: shown.day };
    document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
    local();
    document.dispatchEvent(new Event("page:new"));
    const now = place && $(place);
    if (now) (held.id ? now : now.querySelector("summary, a, button, .plot-svg"))?.focus({ preventScroll: true });
    if (asked && $(asked.id)) tell($(asked.id), asked.day);
    count_down();
  };
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.pathname, { cache: "no-cache" });
      if (!answer.ok) throw answer.status;
      const text = await answer.text();
      const fresh = new DOMParser().parseFromString(text, "text/html");
      if (last ? text !== last : key(fresh) !== key(document)) show(fresh);
      last = text;
      $("lost").hidden = true;
      $("seen").hidden = false;
      $("seen").querySelector("time").textContent =
        format("clock", { ...HOUR, second: "2-digit" }, home().shown).format(new Date());
    } catch {
      $("lost").hidden = false;
    }
  };

  // Bars: the pointer, or the arrow keys, ask for a day.
  const tip = $("tip");
  const DAY = 864e5;
  const dated = format("long", { dateStyle: "long" }, "UTC");
  const counts = {};
  let shown;
  const count = (id) => {
    if (!counts[id] || Date.now() - counts[id].at > 6e5) {
      counts[id] = { at: Date.now() };
      fetch(`${home().up}metrics/${id}/days.json`).then((answer) => answer.json()).then((days) => {
        counts[id].days = days;
        if (shown) tell(shown.bars, shown.day);
      }).catch(() => { counts[id].at = 0; });
    }
    return counts[id].days;
  };
  const checks = (bars, date) => {
    const id = bars.closest("[data-metric]")?.dataset.metric;
    const days = id && count(id);
    const place = days && (date - Date.parse(days.start)) / DAY;
    if (!days?.checks[place]) return "";
    const told = tip.dataset.checks.replace("%d", days.checks[place].toLocaleString(tongue));
    const failed = days.failed[place];
    return `, ${told}` + (failed ? `, ${tip.dataset.failed.replace("%d", failed.toLocaleString(tongue))}` : "");
  };
  const words = (bars, day) => {
    const kind = bars.states[day];
    const date = Date.parse(bars.dataset.end) - (bars.states.length - 1 - day) * DAY;
    const event = bars.states.slice(0, day).replace(/[nu]/g, "").length;
    const calm = `${dated.format(date)}: ${kind === "u" ? tip.dataset.calm : tip.dataset.empty}`;
    return { text: "nu".includes(kind) ? calm : bars.events[event], date };
  };
  const tell = (bars, day) => {
    shown = { bars, day };
    const { text, date } = words(bars, day);
    const told = text + checks(bars, date);
    bars.setAttribute("aria-valuenow", day + 1);
    bars.setAttribute("aria-valuetext", told);
    bars.mark.setAttribute("d", `M${day * 5 - 0.75} 0h4.5v32h-4.5z`);
    tip.textContent = told;
    tip.hidden = false;
    const box = bars.getBoundingClientRect();
    const part = (day + 0.5) / bars.states.length;
    const middle = box.left + box.width * (isMirrored ? 1 - part : part);
    const most = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(middle - tip.offsetWidth / 2, most)) + scrollX}px`;
    tip.style.top = `${box.bottom + scrollY + 4}px`;
  };
  const hush = () => {
    shown?.bars.mark.removeAttribute("d");
    shown = undefined;
    tip.hidden = true;
  };
  const prepare = () => {
    hush();
    for (const bars of document.querySelectorAll(".bars[id]")) {
      bars.states = bars.dataset.days.replace(/(\D)(\d+)/g, (_, letter, times) => letter.repeat(times));
      bars.events = [...bars.querySelectorAll("title")].map((title) => {
        title.remove();
        return title.textContent;
      });
      bars.mark = document.createElementNS("http://www.w3.org/2000/svg", "path");
      bars.mark.setAttribute("class", "at");
      bars.append(bars.mark);
      const size = bars.states.length;
      const slider = { role: "slider", tabindex: 0, "aria-valuemin": 1, "aria-valuemax": size, "aria-valuenow": size };
      for (const name in slider) bars.setAttribute(name, slider[name]);
      bars.setAttribute("aria-valuetext", words(bars, size - 1).text);
    }
  };
  const isMirrored = document.documentElement.dir === "rtl";
  const across = (box, x) => (isMirrored ? box.right - x : x - box.left) / box.width;
  const point = (event) => {
    const bars = event.target.closest?.(".bars[id]");
    if (bars) {
      const box = bars.getBoundingClientRect();
      const day = Math.floor(across(box, event.clientX) * bars.states.length);
      tell(bars, Math.max(0, Math.min(day, bars.states.length - 1)));
    } else if (shown && event.target !== tip && document.activeElement !== shown.bars) hush();
  };
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7, Home: -1e3, End: 1e3 };
  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".bars[id]")) tell(event.target, event.target.getAttribute("aria-valuenow") - 1);
    else hush();
  });
  document.addEventListener("focusout", hush);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hush();
      if ($("languages")?.open) {
        $("languages").open = false;
        $("languages").firstElementChild.focus();
      }
    }
    const bars = event.target;
    if (!steps[event.key] || !bars.matches(".bars[id]")) return;
    event.preventDefault();
    const isSideways = isMirrored && event.key.startsWith("Arrow") && !/Up|Down/.test(event.key);
    const day = bars.getAttribute("aria-valuenow") - 1 + steps[event.key] * (isSideways ? -1 : 1);
    tell(bars, Math.max(0, Math.min(day, bars.states.length - 1)));
  });
  document.addEventListener("page:new", prepare);

  prepare();
  local();
  count_down();
  setInterval(look, 5000);
  setInterval(count_down, 1000);
  document.addEventListener("visibilitychange", look);
})();
