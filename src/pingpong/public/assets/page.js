(() => {
  let last;
  const clock = new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short",
    timeZone: document.querySelector("main").dataset.zone,
  });
  const $ = (id, within = document) => within.getElementById(id);
  const key = (from) => from.querySelector("main").dataset.changed + !!from.querySelector(".stale");
  const local = () => document.querySelectorAll("time").forEach((time) => {
    time.title = new Date(time.dateTime).toLocaleString();
  });
  const show = (fresh) => {
    for (const details of document.querySelectorAll("details[open]")) {
      const same = details.id && $(details.id, fresh);
      if (same) same.open = true;
    }
    if (document.title !== fresh.title) $("live").textContent = fresh.querySelector("h1").textContent;
    document.title = fresh.title;
    document.querySelector("link[rel=icon]").href = fresh.querySelector("link[rel=icon]").href;
    const place = document.activeElement.closest("main [id]")?.id;
    document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
    if (place) $(place)?.querySelector("summary, a")?.focus({ preventScroll: true });
    local();
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
      $("seen").lastElementChild.textContent = clock.format(new Date());
    } catch {
      $("lost").hidden = false;
    }
  };
  local();
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
})();
