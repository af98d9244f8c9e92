// The first account: the code comes behind the # of the link. A new page: its address is proposed.
(() => {
  "use strict";
  const code = document.querySelector("[data-setup-code]");
  const take = () => {
    const given = new URLSearchParams(location.hash.slice(1)).get("code");
    if (!code || !given) return;
    code.value = given;
    // It stays in no history and in no bookmark.
    history.replaceState(null, "", location.pathname);
  };
  take();
  // Who looks at the form already and then opens the link stays on the same document.
  addEventListener("hashchange", take);

  const name = document.querySelector("[data-slug-from]");
  const slug = document.querySelector("[data-slug]");
  if (!name || !slug) return;
  const slugOf = (text) =>
    text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .slice(0, 63)
      .replace(/^-+|-+$/g, "");
  let isProposed = !slug.value;
  name.addEventListener("input", () => {
    if (isProposed) slug.value = slugOf(name.value);
  });
  slug.addEventListener("input", () => (isProposed = !slug.value));
})();
