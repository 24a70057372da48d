// Forms about accounts and keys: each sends its fields as JSON and does what it says comes then.

import { call, Refused } from "./api.js";
import { sure } from "./sure.js";
import { toast } from "./toast.js";

// Only ever a page of ours: an address from outside must not become where a login leads to.
function next() {
  const wanted = new URLSearchParams(location.search).get("next") ?? "/";
  const target = new URL(wanted, location.origin);
  return target.origin === location.origin ? target.pathname + target.search + target.hash : "/";
}

function body(form) {
  const fields = Object.fromEntries([...form.querySelectorAll("input, select")].map((input) => [input.name, input.value]));
  if ("cookie" in form.dataset) fields.cookie = true;
  if ("fromLink" in form.dataset) fields.token = location.hash.slice(1);
  return fields;
}

function clear(form) {
  form.querySelector("[data-problem]").hidden = true;
  for (const field of form.querySelectorAll("[data-field]")) {
    field.querySelector("[data-error]").hidden = true;
    field.querySelector("input, select").removeAttribute("aria-invalid");
  }
}

function complain(form, refused) {
  const named = refused.fields.filter(({ field }) => form.querySelector(`[data-field="${CSS.escape(field)}"]`));
  for (const { field, problem } of named) {
    const place = form.querySelector(`[data-field="${CSS.escape(field)}"]`);
    place.querySelector("[data-error]").textContent = problem;
    place.querySelector("[data-error]").hidden = false;
    place.querySelector("input, select").setAttribute("aria-invalid", "true");
  }
  if (named.length) return form.querySelector("[aria-invalid]").focus();
  const banner = form.querySelector("[data-problem]");
  banner.textContent = `${refused.message} ${refused.suggestion}`;
  banner.hidden = false;
  banner.focus();
}

function say(form, words) {
  const place = form.parentElement.querySelector("[data-said]");
  place.replaceChildren(...words);
  place.hidden = false;
  place.focus();
}

function shownOnce(token) {
  const code = document.createElement("code");
  code.textContent = token;
  return ["Keep it now, it is not shown again: ", code];
}

function go(form, then, answer) {
  if (then === "next") return location.assign(next());
  if (then.startsWith("/")) return location.assign(then);
  form.reset();
  say(form, then === "token" ? shownOnce(answer.data.token) : [answer.message]);
  if ("fromLink" in form.dataset) {
    history.replaceState(null, "", location.pathname);
    form.hidden = true;
  }
}

const asked = ({ sure: question, consequence, yes }) => !question || sure({ question, consequence, yes });

async function send(form) {
  clear(form);
  if (!(await asked(form.dataset))) return;
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    go(form, form.dataset.then, await call(form.dataset.method ?? "POST", form.dataset.send, body(form)));
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    complain(form, problem);
  } finally {
    button.disabled = false;
  }
}

async function press(button) {
  if (!(await asked(button.dataset))) return;
  try {
    await call(button.dataset.method ?? "POST", button.dataset.call, button.dataset.body && JSON.parse(button.dataset.body));
  } catch (problem) {
    if (!(problem instanceof Refused)) throw problem;
    // Who is not known any more is logged out already.
    if (problem.status !== 401) return toast(problem.message, "problem");
  }
  location.assign(button.dataset.then);
}

for (const form of document.querySelectorAll("form[data-send]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
  // Until here a click would have sent the form the browser's own way.
  form.querySelector("button").disabled = false;
}
for (const button of document.querySelectorAll("[data-call]")) {
  button.addEventListener("click", () => press(button));
  button.disabled = false;
}
if (document.querySelector("[data-maybe-known]")) {
  fetch("/api/session").then((answer) => answer.ok && location.replace(next()));
}
