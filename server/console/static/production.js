// Keeps the page of a production as it is on the server: an event comes, the changed part is drawn again.

import { Refused, post } from "./api.js";
import { readyExports } from "./exports.js";
import { follow } from "./follow.js";
import { installGate, restore } from "./gate.js";
import { chosen, complain, installGoOn, restoreChoices, went } from "./go_on.js";
import "./lightbox.js";
import { installSettling } from "./parked.js";
import { sure } from "./sure.js";
import { hush, toast } from "./toast.js";

const TYPES = [
  "lifecycle", "progress", "plan", "scene_planned", "panel_done", "take_done", "scene_done", "scene_failed",
  "scene_approved", "note_applied", "warning", "model_stood_in", "engine_stood_in", "from_cache",
  "references_left_out", "quality", "master_done", "input.requested",
];
const WAIT_MS = 150; // events come in handfuls
const AGAIN_MS = 2000; // at a gate no further event comes, so a page that could not be fetched is asked for again
const GOING_ON = ["queued", "running", "paused"];
const GATES = { approve_budget: "the budget", review_storyboard: "the storyboard", review_scene: "a scene", approve_delivery: "the master" };
const live = () => document.getElementById("live");
const title = document.title;
let close = null;
let drawing = false;
let wanted = false;
let fetched = false;

function refresh() {
  if (drawing) {
    wanted = true;
    return;
  }
  drawing = true;
  setTimeout(draw, WAIT_MS);
}

async function draw() {
  const before = document.querySelector("[data-gate]")?.dataset.interrupt;
  fetched = false;
  try {
    await htmx.ajax("GET", `/productions/${live().dataset.production}/live`, {
      target: "#live", swap: "outerMorph",
    });
  } finally {
    drawing = false;
  }
  drawn(before);
  if (!fetched) setTimeout(refresh, AGAIN_MS);
  if (wanted) {
    wanted = false;
    refresh();
  }
}

function drawn(before) {
  restore();
  restoreChoices();
  readyExports();
  const gate = document.querySelector("[data-gate]");
  document.title = gate ? `● ${title}` : title;
  if (gate && gate.dataset.interrupt !== before) announce(gate);
  else if (!gate && before) hush();
  if (isOver()) close?.();
  else if (!close && isGoingOn()) listen();
}

// Who looks at the top of the page sees the gate; for the others, and for screen readers, it is said.
function announce(gate) {
  toast(`Your turn: ${GATES[gate.dataset.gate] ?? "a decision"}.`, scrollY > 200 ? "" : "unseen");
}

const isOver = () => live().dataset.status === "completed";
const isGoingOn = () => GOING_ON.includes(live().dataset.status);

function listen() {
  close = follow(live().dataset.events, {
    since: live().dataset.since,
    types: TYPES,
    onEvent: refresh,
    onEnd: () => {
      close = null;
      refresh();
    },
    onLine: (up) => {
      const line = document.getElementById("line");
      if (!line) return;
      line.dataset.uiLine = up ? "steady" : "cut";
      line.textContent = up ? "" : "Reconnecting";
      line.hidden = up;
      if (up) refresh();
    },
  });
}

document.addEventListener("htmx:after:swap", (event) => {
  const { target, response } = event.detail.ctx;
  if (target === live()) fetched = response.raw.status < 500;
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-post]");
  if (!button || button.disabled) return;
  if (button.dataset.question && !(await sure({ ...button.dataset }))) return;
  button.disabled = true;
  try {
    await post(button.dataset.post, chosen(button));
    went(button);
    if (!close) listen();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!complain(button, error)) toast(`${error.message} ${error.suggestion}`, "problem");
    else if (error.status !== 409) return;
  } finally {
    button.disabled = false;
  }
  refresh();
});

installGate(() => {
  refresh();
  document.getElementById("main").focus({ preventScroll: true });
  scrollTo({ top: 0 });
});
installGoOn(refresh);
installSettling(refresh);
readyExports();
document.addEventListener("greenlight:changed", refresh);
if (document.querySelector("[data-gate]")) document.title = `● ${title}`;
if (isGoingOn()) listen();
addEventListener("pageshow", (shown) => shown.persisted && refresh());
