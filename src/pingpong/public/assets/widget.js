(() => {
  let known;
  const look = () =>
    document.hidden ||
    fetch(location.href)
      .then((answer) => {
        const mark = answer.headers.get("ETag");
        if (answer.ok && known && mark !== known) location.reload();
        known = mark;
      })
      .catch(() => {});
  look();
  setInterval(look, 60000);
})();
