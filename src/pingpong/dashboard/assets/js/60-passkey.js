// Passkeys: a form with data-passkey asks the browser for one, puts it into its field and is sent.
(() => {
  "use strict";
  const bytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const withIds = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  const read = ({ publicKey }) => {
    const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
    if (publicKey.user) options.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
    if (publicKey.allowCredentials) options.allowCredentials = withIds(publicKey.allowCredentials);
    if (publicKey.excludeCredentials) options.excludeCredentials = withIds(publicKey.excludeCredentials);
    return options;
  };

  // One that opens the account by itself has to be found by the site alone, and to know its owner.
  const asPasskey = (options) => ({
    ...options,
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  });

  const written = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = text(credential.response[name]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    });
  };

  const optionsOf = async (form) => {
    if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
    const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The challenge was answered with ${answer.status}.`);
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    try {
      const publicKey = read(await optionsOf(form));
      const credential =
        form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: asPasskey(publicKey) })
          : await navigator.credentials.get({ publicKey });
      form.elements.credential.value = written(credential);
      form.submit();
    } catch {
      problem.hidden = false;
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-passkey]");
    if (!form || form.elements.credential.value) return;
    event.preventDefault();
    ask(form);
  });
})();
