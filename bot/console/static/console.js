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

// The phone beside an editor shows what the form says, a moment after somebody stopped typing. Without this the
// button does the same.
function watchForm(form) {
  let waiting = 0;
  let asked = null;
  let changed = false;
  async function look() {
    if (asked) asked.abort();
    asked = new AbortController();
    const data = new FormData(form);
    data.set("action", "preview");
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body: data, signal: asked.signal, headers: { "X-Part": "phone" },
      });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("phone");
      if (fresh) document.getElementById("phone").replaceWith(fresh);
    } catch {
      // Without a connection the phone stays as it was; what was typed stands in the form.
    }
  }
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(waiting);
    // Thousands of examples are not sent at every pause: "asked" waits for the button.
    if (form.dataset.preview !== "asked") waiting = setTimeout(look, 300);
  });
  let sending = false;
  form.addEventListener("submit", async (event) => {
    if (sending || !form.dataset.guard) {
      sending = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    try {
      await fetch("/healthz", { cache: "no-store" });
    } catch {
      tell(form, form.dataset.guard);
      return;
    }
    sending = true;
    form.requestSubmit(button);
  });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    if (changed && !sending) event.preventDefault();
  });
}

function tell(form, words) {
  let place = form.querySelector("[data-told]");
  if (!place) {
    place = document.createElement("p");
    place.className = "told wrong";
    place.dataset.told = "";
    place.setAttribute("role", "alert");
    form.prepend(place);
  }
  place.textContent = words;
  place.scrollIntoView({ block: "nearest" });
}

for (const form of document.querySelectorAll("form[data-preview]")) watchForm(form);
