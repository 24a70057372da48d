// Going on with a production that pauses: with other models, or with more money. What is chosen and not sent yet
// is kept for this tab, so that neither a reload nor a page that is drawn again loses it. It is kept with what the
// production had then: where that has changed meanwhile, the choice was about something else.

import { Refused, post } from "./api.js";
import { toast } from "./toast.js";

const box = () => document.querySelector("[data-go-on]");
const shelf = (one) => `greenlight:go-on:${one.dataset.goOn}`;
const named = (one) => [...one.querySelectorAll("[name]")];

export function installGoOn(changed) {
  document.addEventListener("input", (event) => {
    const one = event.target.closest("[data-go-on]");
    if (!one) return;
    complainIn(event.target.closest("form") ?? one, "");
    event.target.removeAttribute("aria-invalid");
    keep(one);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-raise]")) return;
    event.preventDefault();
    raise(event.target, changed);
  });
  restoreChoices();
}

function keep(one) {
  const said = named(one).filter(isChanged);
  if (!said.length) return sessionStorage.removeItem(shelf(one));
  const kept = said.map((each) => [each.name, { value: each.value, now: each.dataset.now }]);
  sessionStorage.setItem(shelf(one), JSON.stringify(Object.fromEntries(kept)));
}

export function restoreChoices() {
  const one = box();
  const kept = one && JSON.parse(sessionStorage.getItem(shelf(one)) ?? "null");
  if (!kept) return;
  for (const each of named(one)) if (canBe(each, kept[each.name])) each.value = kept[each.name].value;
  keep(one);
  for (const part of one.querySelectorAll("details")) if ([...part.querySelectorAll("select")].some(isChanged)) part.open = true;
}

const canBe = (each, kept) =>
  kept?.now === each.dataset.now && (!each.options || [...each.options].some((option) => option.value === kept.value && !option.disabled));
const isChanged = (each) => (each.options ? each.value !== each.dataset.now : each.value.trim() !== "");

// What a resume says: nothing where nothing was chosen, so that it goes on as it was.
export function chosen(button) {
  const one = button.closest("[data-go-on]");
  if (!one) return {};
  const [everybody, ...roles] = one.querySelectorAll("[data-writer]");
  const context = {};
  const own = one.querySelector("[data-writer-own]")?.value.trim();
  if (own || (everybody && isChanged(everybody))) context.text_model = own || everybody.value;
  if (roles.some(isChanged)) {
    const said = roles.filter((role) => role.value);
    context.text_models = Object.fromEntries(said.map((role) => [role.name.slice("text_models.".length), role.value]));
  }
  const other = one.querySelector("[data-stand-in]");
  if (other?.value === "!never") context.substitution = "never";
  else if (other?.value) context.stand_ins = [...new Set([...other.dataset.agreed.split(" ").filter(Boolean), other.value])];
  return Object.keys(context).length ? { context } : {};
}

export function went(button) {
  const one = button.closest("[data-go-on]");
  if (one) sessionStorage.removeItem(shelf(one));
}

// True where the refusal is told beside the choices; elsewhere there is no place for it.
export function complain(button, { beside, fields }) {
  const one = button.closest("[data-go-on]");
  if (!one) return false;
  complainIn(one, beside);
  for (const { field } of fields) {
    const place = one.querySelector(`[name="${CSS.escape(field.replace("context.", ""))}"]`);
    place?.setAttribute("aria-invalid", "true");
    place?.focus();
  }
  return true;
}

function complainIn(place, words) {
  const line = place.querySelector(place.matches("form") ? "[data-error]" : "[data-go-on-error]");
  line.textContent = words;
  line.hidden = !words;
}

async function raise(form, changed) {
  const { amount } = form.elements;
  const button = form.querySelector("button");
  const said = amount.value.trim();
  amount.toggleAttribute("aria-invalid", false);
  button.disabled = true;
  try {
    await post(form.dataset.to, { [form.dataset.raise]: said });
    amount.value = "";
    keep(form.closest("[data-go-on]"));
    toast(`Never more than $${said} now. Nothing goes on before you resume it.`);
    form.closest("[data-go-on]").querySelector("[data-post]").focus();
    changed();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    complainIn(form, error.beside);
    amount.setAttribute("aria-invalid", "true");
    amount.focus();
  } finally {
    button.disabled = false;
  }
}
