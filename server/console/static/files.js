// Files in a form: pictures are uploaded at once and stand there by their key, a screenplay is read into its field.

import { Refused, upload } from "./api.js";

const SHELF = "greenlight:pictures"; // links to what this tab uploaded, for the draft
const MOST_LETTERS = 100_000;
const underWay = new Set();

export const uploaded = () => Promise.all(underWay);

export function installFiles(form, { changed, complain }) {
  form.addEventListener("change", async (event) => {
    const { target } = event;
    const [file] = target.files ?? [];
    if (!file) return;
    const field = target.closest("[data-field]");
    quiet(field);
    const take = target.matches("[data-picture]") ? sendPicture : readScript;
    const work = take(field, file, { changed, complain });
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
    target.value = ""; // the same file may be chosen again
  });
  form.addEventListener("click", (event) => {
    const field = event.target.closest("[data-drop]")?.closest("[data-field]");
    if (!field) return;
    field.querySelector("[data-input]").value = "";
    quiet(field);
    showPicture(field);
    field.querySelector("[data-picture]").focus();
    changed(field);
  });
}

async function sendPicture(field, file, { changed, complain }) {
  const words = field.querySelector("[data-choose]");
  words.textContent = "Uploading…";
  try {
    const { key, url } = await upload(`/api/media?title=${encodeURIComponent(file.name.slice(0, 200))}`, file);
    sessionStorage.setItem(SHELF, JSON.stringify({ ...links(), [key]: url }));
    field.querySelector("[data-input]").value = key;
    changed(field);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    complain(field, `${file.name}: ${error.message.replace(/\.$/, "")}. ${error.suggestion}`.trim());
  }
  showPicture(field);
}

export function showPicture(field) {
  const key = field.querySelector("[data-input]").value;
  const thumb = field.querySelector("[data-thumb]");
  const link = links()[key];
  thumb.hidden = !link;
  if (link) thumb.src = `${link}&small=true`;
  thumb.onerror = () => (thumb.hidden = true);
  thumb.alt = key ? "Your picture" : "";
  field.querySelector("[data-choose]").textContent = key ? "Choose another" : "Choose a picture";
  field.querySelector("[data-drop]").hidden = !key;
}

async function readScript(field, file, { changed, complain }) {
  const text = file.size > 4 * MOST_LETTERS ? null : await file.text();
  if (text === null || text.length > MOST_LETTERS)
    return complain(field, `${file.name} is longer than ${MOST_LETTERS} letters; a screenplay of one episode is shorter.`);
  field.querySelector("[data-input]").value = text;
  changed(field);
}

function quiet(field) {
  field.querySelector("[data-error]").hidden = true;
  for (const input of field.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

const links = () => JSON.parse(sessionStorage.getItem(SHELF) ?? "{}");
