// Sends a text, shows the bubbles; the conversation lives in this page only and is gone when it closes.
"use strict";

const thread = document.getElementById("thread");
const form = document.getElementById("form");
const field = document.getElementById("text");
const area = document.getElementById("area");
const why = document.getElementById("why");
const greeting = thread.firstElementChild.cloneNode(true);
let conversation = null;
let last = "";

function add(text, kind) {
  const bubble = document.createElement("li");
  bubble.className = kind;
  bubble.textContent = text;
  thread.append(bubble);
  thread.scrollTop = thread.scrollHeight;
}

function explain(pairs) {
  why.replaceChildren(...pairs.flatMap(([term, text]) => {
    const dt = document.createElement("dt");
    const dd = document.createElement("dd");
    dt.textContent = term;
    dd.textContent = text;
    return [dt, dd];
  }));
}

function show(answer) {
  conversation = answer.conversation;
  if (answer.reply === null) {
    add("The line stays silent.", "quiet");
  } else {
    add(answer.reply, "line");
    add(`${answer.segments} ${answer.segments === 1 ? "segment" : "segments"}, ${answer.units} ${answer.encoding}`, "cost");
  }
  explain([
    ["Understood as", [answer.kind, answer.label].filter(Boolean).join(": ")],
    ["Language", answer.language],
    ["Evidence", answer.why.join("\n") || "none"],
  ]);
}

async function send(text) {
  add(text === "" ? "(an empty text)" : text, "me");
  last = text;
  try {
    const response = await fetch("/try/say", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, conversation, area: area.value }),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    show(await response.json());
  } catch (error) {
    add(`The line did not answer (${error.message}). Is it still running?`, "quiet");
  }
}

function again() {
  conversation = null;
  thread.replaceChildren(greeting.cloneNode(true));
  explain([["Nothing yet", "Send a text, and what decided it shows here."]]);
  field.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value;
  field.value = "";
  send(text);
  field.focus();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowUp" && field.value === "") { field.value = last; event.preventDefault(); }
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") again(); });
document.getElementById("again").addEventListener("click", again);
area.addEventListener("change", again);
