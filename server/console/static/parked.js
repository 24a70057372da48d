// Settles orders of unknown fate, one at a time, each after a question that says what it costs. A decision names the
// request that is seen here, so that a second click, or another window, never decides about a later one.

import { Refused, post } from "./api.js";
import { sure } from "./sure.js";
import { toast } from "./toast.js";

const SAID = {
  it_never_arrived: "It is sent again when you resume the production.",
  it_is_this_job: "It is fetched when you resume the production.",
  give_up: "Given up. Resume the production to go on without it.",
};

export function installSettling(changed) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-settle]")) return;
    event.preventDefault();
    settle(event.target, changed);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-settle]");
    if (button) settle(button, changed);
  });
  document.addEventListener("input", (event) => {
    const order = event.target.closest("[data-order]");
    if (!order) return;
    complain(order, "");
    event.target.removeAttribute("aria-invalid");
  });
}

async function settle(control, changed) {
  const order = control.closest("[data-order]");
  if (order.dataset.uiBusy) return;
  const { order: key, attempt } = order.dataset;
  const said = { order: key, attempt: Number(attempt), decision: control.dataset.settle };
  const job = control.elements?.job;
  if (job) {
    said.externalId = job.value.trim();
    if (!said.externalId) return refuse(order, job, "Write down which job it is.");
  }
  if (!(await sure({ ...control.dataset }))) return;
  busy(order, true);
  try {
    await post("/api/orders/settle", said);
    toast(SAID[said.decision]);
    changed();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(order, job, `${error.message} ${error.suggestion}`);
    if (error.status === 409 && !job) changed();
  } finally {
    busy(order, false);
  }
}

function refuse(order, job, words) {
  complain(order, words);
  job?.setAttribute("aria-invalid", "true");
  job?.focus();
}

function complain(order, words) {
  const line = order.querySelector("[data-error]");
  line.textContent = words;
  line.hidden = !words;
}

function busy(order, is) {
  if (is) order.dataset.uiBusy = "yes";
  else delete order.dataset.uiBusy;
  for (const button of order.querySelectorAll("button")) button.disabled = is;
}
