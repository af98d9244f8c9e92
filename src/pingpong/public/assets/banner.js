(() => {
  const me = document.currentScript;
  if (!me || !me.src || !window.fetch) return;
  const at = (path) => new URL(path, me.src).href;
  const key = "status-banner " + at("..");
  let told, card, news, stop;
  const make = (tag, text, into) => {
    const one = document.createElement(tag);
    one.textContent = text;
    into.append(one);
    return one;
  };
  const dismissed = (mark) => {
    try {
      if (mark) sessionStorage.setItem(key, mark);
      return sessionStorage.getItem(key);
    } catch {
      return mark || stop;
    }
  };
  const build = () => {
    const host = make("status-banner", "", document.body);
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`STYLE`);
    root.adoptedStyleSheets = [sheet];
    card = make("section", "", root);
    news = make("div", "", card);
    news.setAttribute("role", "status");
  };
  const fill = (data) => {
    card.lang = data.lang;
    card.dir = data.dir;
    card.className = data.sign;
    card.setAttribute("aria-label", data.name);
    make("b", data.icon + " ", news).ariaHidden = "true";
    make("strong", data.head, news);
    for (const line of data.lines) make("p", line, news);
    if (data.stale) make("p", `${data.old} ${new Date(data.checked_at).toLocaleString(data.lang)}`, news);
    const more = make("a", data.more, make("p", "", news));
    more.href = at("..");
    more.target = "_blank";
    more.rel = "noopener";
    const close = make("button", "\u00d7", card);
    close.type = "button";
    close.ariaLabel = data.close;
    close.onclick = () => {
      dismissed((stop = data.mark));
      card.hidden = true;
    };
  };
  const show = (data) => {
    const now = JSON.stringify(data);
    if (now === told) return;
    told = now;
    const wanted = data.show && dismissed() !== data.mark;
    if (!card && !wanted) return;
    if (!card) build();
    news.textContent = "";
    card.querySelector("button")?.remove();
    card.hidden = !wanted;
    if (wanted) setTimeout(() => told === now && fill(data), 50);
  };
  const look = () =>
    document.hidden ||
    fetch(at("status.json"), { credentials: "omit", referrerPolicy: "no-referrer" })
      .then((answer) => answer.ok && answer.json().then(show))
      .catch(() => {});
  look();
  setInterval(look, 120000);
})();
