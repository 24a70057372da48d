// The brief as a form: reads it into JSON, shows every refusal beside its field, keeps a draft for this tab.
// Only what the brief or a person said is sent: what is left open keeps the API's own default.

import { Refused, post } from "./api.js";
import { installFiles, showPicture, uploaded } from "./files.js";

const form = document.getElementById("brief");
const shelf = `greenlight:draft:${form.dataset.draft}`;
const key = { for: "", value: "" };

// --- reading -------------------------------------------------------------------------------------

const inner = (group) =>
  [...group.querySelectorAll("[data-field]")].filter((one) => one.parentElement.closest("[data-group]") === group);

const isSaid = ({ dataset }) => "given" in dataset || "required" in dataset;

function say(field) {
  for (let one = field; one; one = one.parentElement.closest("[data-field]")) one.dataset.given = "";
}

function readGroup(group) {
  const found = {};
  for (const field of inner(group).filter(isSaid)) {
    const value = readField(field);
    if (value !== undefined) found[field.dataset.field] = value;
  }
  return found;
}

function readField(field) {
  const kind = field.dataset.kind;
  if (kind === "list") return readItems(field);
  if (kind === "group") return isUsed(field) ? readGroup(field.querySelector("[data-group]")) : undefined;
  const input = field.querySelector("[data-input]");
  if (kind === "toggle") return input.checked;
  const text = input.value;
  if (kind === "words") return lines(text);
  if (text === "") return ["area", "script"].includes(kind) || input.required ? "" : undefined;
  if (kind === "number") return Number(text);
  if (kind === "json" || kind === "truth") return JSON.parse(text);
  return text;
}

const itemsOf = (list) => [...list.querySelector(":scope > [data-items]").children];
const lines = (text) => text.split("\n").map((one) => one.trim()).filter(Boolean);
const isUsed = (group) => !("optional" in group.dataset) || group.querySelector("[data-use]").checked;
const readItems = (list) => itemsOf(list).map((item) => readGroup(item.querySelector("[data-group]")));

// --- refusals ------------------------------------------------------------------------------------

function pathOf(field) {
  const group = field.parentElement.closest("[data-group]");
  return `${pathOfGroup(group)}.${field.dataset.field}`;
}

function pathOfGroup(group) {
  if (group.dataset.path) return group.dataset.path;
  const item = group.parentElement.closest("[data-item]");
  const owner = group.closest("[data-field]");
  if (!item || !owner.contains(item)) return pathOf(owner);
  return `${pathOf(owner)}.${itemsOf(owner).indexOf(item)}`;
}

function placeFor(path) {
  const fields = [...form.querySelectorAll("[data-field]")].filter((one) => !one.closest("template"));
  const places = new Map(fields.map((field) => [pathOf(field), field]));
  for (let parts = path.split("."); parts.length > 1; parts = parts.slice(0, -1)) {
    const place = places.get(parts.join("."));
    if (place) return place;
  }
  return null;
}

function clear() {
  for (const line of form.querySelectorAll("[data-error]")) line.hidden = true;
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  document.getElementById("form-error").hidden = true;
}

function show(refused) {
  const told = refused.fields.length ? refused.fields : [{ field: "", problem: refused.message, fix: refused.suggestion }];
  const homeless = [];
  for (const one of told) {
    const [place, problem] = homeOf(one);
    if (place) beside(place, sentence(problem, one.fix));
    else homeless.push(sentence(problem, one.fix));
  }
  if (homeless.length) atTop(homeless.join(" "));
  else lookAt(form.querySelector("[aria-invalid]") ?? form.querySelector("[data-error]:not([hidden])"));
}

function lookAt(place) {
  place.focus();
  place.scrollIntoView({ block: "center" });
}

// A check over several fields names the one it is about at the beginning of its words.
function homeOf({ field, problem = "" }) {
  const [, name, rest] = problem.match(/^([\w.]+): (.+)$/s) ?? [];
  const named = name && placeFor([field, name].filter(Boolean).join("."));
  return named ? [named, rest] : [placeFor(field), problem];
}

// "Correct this field" is what standing beside it says already.
function sentence(problem, fix = "") {
  const more = /^(Correct|Add) `/.test(fix) ? "" : fix;
  return `${problem.replace(/\.$/, "")}. ${more}`.trim();
}

function beside(place, words) {
  for (let box = place; box; box = box.parentElement?.closest("details")) if (box.tagName === "DETAILS") box.open = true;
  const line = [...place.querySelectorAll("[data-error]")].find((one) => one.closest("[data-field]") === place);
  line.textContent = words;
  line.hidden = false;
  const input = place.querySelector(place.dataset.kind === "picture" ? "[data-picture]" : "[data-input]");
  input?.setAttribute("aria-invalid", "true");
  return input;
}

function atTop(words) {
  const line = document.getElementById("form-error");
  line.textContent = words;
  line.hidden = false;
  line.focus();
  line.scrollIntoView({ block: "center" });
}

// --- starting ------------------------------------------------------------------------------------

function read() {
  const [brief, context] = form.querySelectorAll("[data-path]");
  return { graph: form.dataset.graph, brief: readGroup(brief), context: readGroup(context) };
}

function readable() {
  for (const field of form.querySelectorAll('[data-kind="json"]')) {
    if (field.closest("template")) continue;
    try {
      readField(field);
    } catch {
      beside(field, "This is not valid JSON.").focus();
      return false;
    }
  }
  return true;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clear();
  if (!readable()) return;
  const button = form.querySelector("[data-start]");
  button.disabled = true;
  await uploaded();
  const body = read();
  // The same words under the same key start one production, however often the button reaches the server.
  const words = JSON.stringify(body);
  if (key.for !== words) Object.assign(key, { for: words, value: unique() });
  try {
    const accepted = await post("/api/productions", body, { "idempotency-key": key.value });
    sessionStorage.removeItem(shelf);
    location.assign(`/productions/${accepted.productionId}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    button.disabled = false;
    show(error);
  }
});

// Not crypto.randomUUID: a page that is served to a phone over plain http does not have it.
const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

// --- lists, groups and the draft -----------------------------------------------------------------

form.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add]");
  if (add) {
    const list = add.closest("[data-field]");
    const item = addItem(list);
    const number = item.querySelector('[data-field="number"] [data-input]');
    if (number) number.value = itemsOf(list).length;
    item.querySelector("[data-input]")?.focus();
    changed(list);
  }
  const remove = event.target.closest("[data-remove]");
  if (remove) {
    const list = remove.closest('[data-kind="list"]');
    remove.closest("[data-item]").remove();
    changed(list);
  }
});

function changed(field) {
  say(field);
  keep();
}

form.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  const field = event.target.closest("[data-field]");
  if (field) {
    say(field);
    event.target.removeAttribute("aria-invalid");
    const line = field.querySelector("[data-error]");
    if (line) line.hidden = true;
  }
  if (event.target.matches("[data-use]")) dim(event.target.closest("[data-field]"));
  sayLengths();
  keep();
});

// An own screenplay decides how long the episode is and how many scenes it has, unless somebody says so;
// a long description only takes more time.
function sayLengths() {
  const own = form.querySelector('[data-kind="script"] [data-input]')?.value.trim();
  for (const [name, more] of [["episode_seconds", " or more"], ["scenes_per_episode", ""]]) {
    const input = form.querySelector(`[data-field="${name}"] [data-input]`);
    input.dataset.usual ??= input.placeholder + more;
    input.placeholder = own ? "as needed" : input.dataset.usual;
  }
}

function addItem(list) {
  const copy = list.querySelector(":scope > template").content.firstElementChild.cloneNode(true);
  list.querySelector(":scope > [data-items]").append(copy);
  for (const group of copy.querySelectorAll("[data-optional][data-kind=group]")) dim(group);
  return copy;
}

function dim(group) {
  group.querySelector("[data-group]").hidden = !isUsed(group);
}

function keep() {
  try {
    sessionStorage.setItem(shelf, JSON.stringify(read()));
  } catch {
    // Half-typed JSON is kept with the next keystroke that makes sense of it.
  }
}

function fillGroup(group, values) {
  for (const field of inner(group)) {
    if (!(field.dataset.field in values)) {
      if ("given" in field.dataset) empty(field);
      continue;
    }
    field.dataset.given = "";
    fillField(field, values[field.dataset.field]);
  }
}

// An example said something here, and the person took it out.
function empty(field) {
  const use = field.dataset.kind === "group" ? field.querySelector("[data-use]") : null;
  if (use) use.checked = false;
  else if (field.dataset.kind !== "group") field.querySelector("[data-input]").value = "";
}

function fillField(field, value) {
  const kind = field.dataset.kind;
  const input = field.querySelector("[data-input]");
  if (kind === "list") {
    field.querySelector(":scope > [data-items]").replaceChildren();
    for (const one of value) fillGroup(addItem(field).querySelector("[data-group]"), one);
  } else if (kind === "group") {
    const use = field.querySelector("[data-use]");
    if (use) use.checked = true;
    dim(field);
    fillGroup(field.querySelector("[data-group]"), value);
  } else if (kind === "toggle") input.checked = value;
  else if (kind === "words") input.value = value.join("\n");
  else if (kind === "json") input.value = JSON.stringify(value, null, 2);
  else input.value = value;
  if (kind === "picture") showPicture(field);
}

// What somebody typed before this script was there, or what the browser brought back, is said too.
const isChanged = (input) => {
  if (input.type === "checkbox") return input.checked !== input.defaultChecked;
  if (!input.options) return input.value !== input.defaultValue;
  const usual = [...input.options].findIndex((one) => one.defaultSelected);
  return input.selectedIndex !== Math.max(usual, 0);
};
const early = [...form.querySelectorAll("[data-input], [data-use]")]
  .filter(isChanged)
  .map((input) => [input, input.type === "checkbox" ? "checked" : "value"])
  .map(([input, part]) => [input, part, input[part]]);

const kept = JSON.parse(sessionStorage.getItem(shelf) ?? "null");
if (kept) {
  const [brief, context] = form.querySelectorAll("[data-path]");
  fillGroup(brief, kept.brief);
  fillGroup(context, kept.context);
}
for (const [input, part, typed] of early) {
  input[part] = typed;
  say(input.closest("[data-field]"));
}
for (const group of form.querySelectorAll("[data-optional][data-kind=group]")) if (!group.closest("template")) dim(group);
for (const field of form.querySelectorAll('[data-kind="picture"]')) showPicture(field);
installFiles(form, { changed: (field) => (sayLengths(), changed(field)), complain: beside });
sayLengths();

// Until here a click would have sent the form the browser's own way, to nobody.
form.querySelector("[data-start]").disabled = false;
