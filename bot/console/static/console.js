// What the pages do beyond HTML. Everything but passkeys works without it.
"use strict";

function toBytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function toText(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function read(options) {
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials]) {
    for (const one of list || []) one.id = toBytes(one.id);
  }
  return options;
}

function written(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: toText(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[name]) response[name] = toText(answer[name]);
  }
  if (answer.getTransports) response.transports = answer.getTransports();
  const { id, type, authenticatorAttachment } = credential;
  return JSON.stringify({ id, rawId: toText(credential.rawId), type, authenticatorAttachment, response, clientExtensionResults: {} });
}

async function usePasskey(form) {
  const error = form.querySelector("[data-error]");
  error.textContent = "";
  try {
    const publicKey = read(JSON.parse(form.dataset.options));
    const found = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.credential.value = written(found);
  } catch {
    error.textContent = form.dataset.failed;
    return;
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    usePasskey(form);
  });
  usePasskey(form);
}

for (const field of document.querySelectorAll("input[data-select]")) {
  field.addEventListener("focus", () => field.select());
}
