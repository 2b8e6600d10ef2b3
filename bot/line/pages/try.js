// Sends texts and shows the bubbles. The conversation lives in this page alone and is gone when it closes.
"use strict";

const log = document.getElementById("log");
const thread = document.getElementById("thread");
const form = document.getElementById("form");
const field = document.getElementById("text");
const area = document.getElementById("area");
const why = document.getElementById("why");
const HINT = "Send a text, and what decided the reply shows here.";
let conversation = null;
let last = "";
let round = 0; // counts the conversations: an answer to an earlier one is dropped
let line = Promise.resolve(); // texts are answered one after the other, as on a phone

function add(text, kind, language) {
  const bubble = document.createElement("li");
  bubble.className = kind;
  bubble.textContent = text;
  if (language) bubble.lang = language;
  thread.append(bubble);
  log.scrollTop = log.scrollHeight;
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
    add(answer.reply, "line", answer.language);
    const parts = answer.segments === 1 ? "1 segment" : `${answer.segments} segments`;
    add(`${parts}, ${answer.units} characters in ${answer.encoding}`, "cost");
  }
  explain([
    ["Meaning", [answer.kind, answer.label].filter(Boolean).join(": ")],
    ["Language", answer.language || "not known"],
    ["Place", answer.area || "not known"],
    ["Evidence", answer.why.join("\n") || "none"],
  ]);
}

async function ask(text, asked) {
  if (asked !== round) return;
  try {
    const response = await fetch("/try/say", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text, conversation, area: area.value }),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const answer = await response.json();
    if (asked === round) show(answer);
  } catch (error) {
    if (asked === round) add(`No answer (${error.message}). Is the line still running?`, "quiet");
  }
}

function send(text) {
  add(text || "(an empty text)", "me");
  last = text;
  const asked = round;
  line = line.then(() => ask(text, asked));
}

function forget() {
  round += 1;
  conversation = null;
  thread.replaceChildren();
  explain([["Nothing yet", HINT]]);
}

function again() {
  forget();
  field.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send(field.value);
  field.value = "";
  field.focus();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowUp" && field.value === "") {
    field.value = last;
    event.preventDefault();
  }
});
document.getElementById("examples").addEventListener("click", (event) => {
  if (event.target.matches("button")) send(event.target.textContent);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target !== area) again();
});
document.getElementById("again").addEventListener("click", again);
area.addEventListener("change", forget); // the focus stays where the arrow keys are
forget();
