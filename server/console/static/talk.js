// A talk with the fallback handler about this production. It answers in pieces and does nothing by itself:
// its buttons lead to the controls that are on the page already, and the ceiling is raised in a field here.

import { call, post, Refused, stream } from "./api.js";

const box = document.getElementById("talk");
const said = box.querySelector("[data-said]");
const form = box.querySelector("[data-talk-form]");
const send = box.querySelector("[data-talk-send]");
const production = box.dataset.production;
const KEPT = `talk-${production}`;
const CONTROLS = {
  resume: '[data-post$="/resume"]',
  cancel: '[data-post$="/cancel"]',
  approve_gate: "[data-approve]",
  answer_gate_yellow: "[data-gate]",
  answer_gate_red: "[data-gate]",
  choose_model: "[data-model]",
  see_costs: "#every-call > summary",
  download: ".files a",
};
let listening = null;
let remembered = sessionStorage.getItem(KEPT) === null;

function line(kind, words) {
  const item = document.createElement("li");
  item.className = `talk-${kind}`;
  const text = document.createElement("p");
  text.textContent = words;
  item.append(text);
  said.append(item);
  item.scrollIntoView({ block: "end" });
  return item;
}

async function ask(message) {
  listening?.abort();
  const mine = (listening = new AbortController());
  line("mine", message);
  const answer = line("theirs", "");
  answer.classList.add("thinking");
  send.disabled = true;
  try {
    const body = { message, context: { productionId: production } };
    const session = sessionStorage.getItem(KEPT);
    if (session) body.sessionId = session;
    for await (const event of stream("/api/agent/chat/stream", body, mine.signal)) hear(answer, event);
  } catch (error) {
    if (mine.signal.aborted) answer.remove();
    else if (error instanceof Refused) fail(answer, error.message, error.suggestion);
    else throw error;
  } finally {
    answer.classList.remove("thinking");
    if (listening === mine) send.disabled = false;
  }
}

function hear(answer, { type, payload }) {
  const text = answer.querySelector("p");
  if (type === "agent:thinking") text.dataset.uiDoing = payload.text;
  else if (type === "agent:text") {
    text.textContent += payload.text;
    answer.classList.remove("thinking");
  } else if (type === "agent:anew") {
    text.textContent = "";
    answer.classList.add("thinking");
  } else if (type === "agent:response") {
    text.textContent = payload.response;
    if (payload.standIn) answeredBy(answer, payload.standIn);
    sessionStorage.setItem(KEPT, payload.sessionId);
    offer(answer, payload.actions);
  } else if (type === "error") fail(answer, payload.userMessage, payload.suggestion);
  answer.scrollIntoView({ block: "end" });
}

function answeredBy(answer, standIn) {
  const words = document.createElement("small");
  words.className = "talk-by";
  words.textContent = standIn.text;
  answer.append(words);
}

function fail(answer, message, suggestion) {
  answer.className = "talk-failed";
  answer.querySelector("p").textContent = `${message} ${suggestion}`;
}

// What this page has no control for is named with its request: a program can send it.
function offer(answer, actions) {
  if (!actions.length) return;
  const row = document.createElement("div");
  row.className = "talk-actions";
  for (const action of actions) {
    if (action.name === "raise_ceiling") row.append(ceiling(action));
    else row.append(document.querySelector(CONTROLS[action.name]) ? led(action) : named(action));
  }
  answer.append(row);
}

function led(action) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button small";
  button.textContent = action.title;
  button.dataset.talkTo = action.name;
  return button;
}

// Raising spends nothing: whatever paused for it stands still until it is resumed.
function ceiling(action) {
  const own = document.createElement("form");
  const label = document.createElement("label");
  const field = document.createElement("input");
  const button = document.createElement("button");
  own.className = "talk-ceiling";
  label.textContent = "$";
  Object.assign(field, { type: "text", inputMode: "decimal", required: true, ariaLabel: action.title });
  label.append(field);
  button.className = "button small";
  button.textContent = action.title;
  own.append(label, button);
  own.addEventListener("submit", (event) => {
    event.preventDefault();
    raise(own, action, field.value.trim(), button);
  });
  return own;
}

async function raise(own, action, ceilingUsd, button) {
  button.disabled = true;
  try {
    const now = await post(action.path, { ...action.body, ceilingUsd });
    tell(own, "status", `$${now.beforeUsd} → $${now.ceilingUsd}`);
    document.dispatchEvent(new CustomEvent("greenlight:changed"));
    own.closest(".talk-actions").querySelector('[data-talk-to="resume"]')?.focus();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell(own, "alert", error.beside);
  } finally {
    button.disabled = false;
  }
}

function tell(own, role, words) {
  const said = own.querySelector("p") ?? document.createElement("p");
  said.className = role === "alert" ? "error" : "done";
  said.setAttribute("role", role);
  said.textContent = words;
  own.append(said);
}

function named(action) {
  const words = document.createElement("span");
  const request = document.createElement("code");
  words.className = "talk-request";
  request.textContent = `${action.method} ${action.path}`;
  words.append(`${action.title}: `, request);
  return words;
}

function leadTo(name) {
  const control = document.querySelector(CONTROLS[name]);
  if (!control) return;
  for (let part = control; part; part = part.parentElement) if (part.matches("details:not([open])")) part.open = true;
  const inside = control.matches("a, button, select, summary") ? null : control.querySelector("input, button, summary");
  const target = inside ?? control;
  control.scrollIntoView({ block: "center" });
  if (covers(box.getBoundingClientRect(), target.getBoundingClientRect())) shut();
  target.focus({ preventScroll: true, focusVisible: true });
}

const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

// What was said before in this window; a talk that is gone begins anew.
async function remember() {
  if (remembered) return;
  remembered = true;
  try {
    const { data } = await call("GET", `/api/agent/chat/sessions/${sessionStorage.getItem(KEPT)}`);
    for (const one of data.messages) {
      const item = line(one.role === "user" ? "mine" : "theirs", one.content);
      if (one.role !== "assistant") continue;
      if (one.errorContext.standIn) answeredBy(item, one.errorContext.standIn);
      offer(item, one.errorContext.actions ?? []);
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 404) sessionStorage.removeItem(KEPT);
  }
}

function shut() {
  listening?.abort();
  box.close();
  document.querySelector("[data-talk-open]")?.focus({ preventScroll: true });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const message = form.message.value.trim();
  if (!message || send.disabled) return;
  form.message.value = "";
  ask(message);
});
form.message.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
box.addEventListener("keydown", (event) => event.key === "Escape" && shut());
box.addEventListener("click", (event) => {
  const to = event.target.closest("[data-talk-to]");
  if (to) leadTo(to.dataset.talkTo);
  else if (event.target.closest("[data-talk-close]")) shut();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-talk-open]") || box.open) return;
  box.show();
  form.message.focus();
  remember();
});
addEventListener("pagehide", () => listening?.abort());
