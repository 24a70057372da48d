// Answers a gate. What is marked and not sent yet is kept for this tab, so that a reload loses nothing;
// an answer always names its gate, so that a second click or a second window cannot answer another one.

import { Refused, post } from "./api.js";
import { sure } from "./sure.js";
import { toast } from "./toast.js";

const shelf = (gate) => `greenlight:marks:${gate.dataset.interrupt}`;
const openGate = () => document.querySelector("[data-gate]");

export function installGate(changed) {
  document.addEventListener("input", (event) => {
    const gate = event.target.closest("[data-gate]");
    if (!gate || gate.dataset.gate.startsWith("approve_")) return;
    hideError(event.target);
    keep(gate);
    sumUp(gate);
  });
  document.addEventListener("change", (event) => {
    if (event.target.value !== "YELLOW" || event.target.type !== "radio") return;
    event.target.closest("[data-item]").querySelector("[data-note]").focus();
  });
  document.addEventListener("click", (event) => {
    const gate = event.target.closest("[data-gate]");
    if (gate) press(gate, event.target, changed);
  });
  document.documentElement.dataset.uiReady = "yes";
  restore();
}

async function press(gate, target, changed) {
  if (target.closest("[data-forget]")) forget(gate);
  if (target.closest("[data-send]")) await sendMarks(gate, changed);
  if (target.closest("[data-approve]")) await send(gate, { approve_all: true }, changed);
  if (target.closest("[data-requote]")) await requote(gate, changed);
  if (target.closest("[data-deliver]")) await deliver(gate, changed);
  const refuse = target.closest("[data-refuse]");
  if (refuse && (await sure({ ...refuse.dataset })))
    await send(gate, { items: { [refuse.dataset.item ?? "budget"]: { light: "RED" } } }, changed);
}

// Who delivers what failed its check says who they are and why; the first field that is empty is pointed at.
async function deliver(gate, changed) {
  const fields = [gate.querySelector("[data-signed-by]"), gate.querySelector("[data-reason]")];
  for (const field of fields) field.toggleAttribute("aria-invalid", !field.value.trim());
  const empty = fields.find((field) => !field.value.trim());
  if (empty) {
    complain(gate, "Your name and a reason are needed: both are written into the report.");
    return empty.focus();
  }
  const [signed_by, note] = fields.map((field) => field.value.trim());
  await send(gate, { items: { delivery: { light: "GREEN", note } }, signed_by }, changed);
}

async function requote(gate, changed) {
  const select = gate.querySelector("[data-model]");
  const note = `Quote it on ${select.value}.`;
  const budget = { light: "YELLOW", note, model_override: select.value };
  await send(gate, { items: { budget } }, changed);
}

async function sendMarks(gate, changed) {
  const items = marks(gate);
  const silent = Object.keys(items).find((item) => items[item].light === "YELLOW" && !items[item].note.trim());
  if (silent) return askForWords(gate, silent);
  await send(gate, { approve_all: true, items }, changed);
}

async function send(gate, reply, changed) {
  if (gate.dataset.uiBusy) return;
  busy(gate, true);
  complain(gate, "");
  if (gate.dataset.quote) reply.quote_id = gate.dataset.quote;
  try {
    await post(gate.dataset.answer, { interrupt_id: gate.dataset.interrupt, reply });
    sessionStorage.removeItem(shelf(gate));
    changed();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 409) {
      toast("This was answered already, perhaps in another window. Here is where it stands now.");
      sessionStorage.removeItem(shelf(gate));
      return changed();
    }
    busy(gate, false);
    complain(gate, `${error.message} ${error.suggestion}`);
  }
}

export function marks(gate) {
  const found = {};
  for (const panel of gate.querySelectorAll("[data-item]")) {
    const light = panel.querySelector("input[type=radio]:checked")?.value ?? "GREEN";
    const note = panel.querySelector("[data-note]")?.value ?? "";
    if (light === "YELLOW") found[panel.dataset.item] = { light, note };
    if (light === "RED") found[panel.dataset.item] = { light };
  }
  return found;
}

function keep(gate) {
  const notes = {};
  for (const panel of gate.querySelectorAll("[data-item]")) {
    const note = panel.querySelector("[data-note]")?.value;
    if (note) notes[panel.dataset.item] = note;
  }
  sessionStorage.setItem(shelf(gate), JSON.stringify({ marks: marks(gate), notes }));
}

export function restore() {
  const gate = openGate();
  if (!gate || gate.dataset.gate.startsWith("approve_")) return;
  const kept = JSON.parse(sessionStorage.getItem(shelf(gate)) ?? "null");
  for (const panel of gate.querySelectorAll("[data-item]")) {
    const light = kept?.marks[panel.dataset.item]?.light ?? "GREEN";
    panel.querySelector(`input[value=${light}]`).checked = true;
    panel.querySelector("[data-note]").value = kept?.notes[panel.dataset.item] ?? "";
  }
  sumUp(gate);
}

function forget(gate) {
  sessionStorage.removeItem(shelf(gate));
  for (const green of gate.querySelectorAll("input[value=GREEN]")) green.checked = true;
  for (const note of gate.querySelectorAll("[data-note]")) note.value = "";
  sumUp(gate);
}

function sumUp(gate) {
  const button = gate.querySelector("[data-send]");
  const changes = Object.keys(marks(gate)).length;
  const unit = gate.dataset.unit;
  gate.querySelector("[data-forget]").hidden = changes === 0;
  if (!changes) {
    button.textContent = button.dataset.all;
    gate.querySelector("[data-sum]").textContent =
      unit === "panel" ? `All ${gate.dataset.total} panels are kept.` : "The scene is kept as it is.";
    return;
  }
  const named = Object.keys(marks(gate)).join(", ");
  button.textContent = changes === 1 ? "Send 1 change" : `Send ${changes} changes`;
  gate.querySelector("[data-sum]").textContent = `${named} will be made again; everything else is kept.`;
}

function askForWords(gate, item) {
  const panel = [...gate.querySelectorAll("[data-item]")].find((one) => one.dataset.item === item);
  const note = panel.querySelector("[data-note]");
  panel.querySelector("[data-error]").hidden = false;
  note.setAttribute("aria-invalid", "true");
  note.focus();
}

function hideError(target) {
  if (!target.matches("[data-note]")) return;
  target.removeAttribute("aria-invalid");
  target.closest(".note-box").querySelector("[data-error]").hidden = true;
}

function busy(gate, yes) {
  if (yes) gate.dataset.uiBusy = "yes";
  else delete gate.dataset.uiBusy;
  for (const button of gate.querySelectorAll("button, input, textarea, select")) button.disabled = yes;
}

function complain(gate, words) {
  const line = gate.querySelector("[data-gate-error]");
  line.textContent = words;
  line.hidden = !words;
  if (words) line.scrollIntoView({ block: "center" });
}
