// Keeps the list true: productions at work are followed, and coming back to the page draws it again.

import { follow } from "./follow.js";

const MOST = 3; // a browser keeps only six connections to one server
const followed = new Map();

async function refresh() {
  const number = new URLSearchParams(location.search).get("page") ?? 1;
  await htmx.ajax("GET", `/list?page=${Number(number)}`, { target: "#list", swap: "outerMorph" });
  listen();
}

function listen() {
  for (const card of [...document.querySelectorAll("[data-follow]")].slice(0, MOST)) {
    if (followed.has(card.id) || followed.size >= MOST) continue;
    const done = () => followed.delete(card.id);
    const close = follow(card.dataset.follow, {
      since: card.dataset.since,
      types: ["lifecycle"],
      onEvent: ({ payload }) => ["interrupted", "completed", "failed"].includes(payload.event) && refresh(),
      onEnd: done,
    });
    followed.set(card.id, close);
  }
}

listen();
addEventListener("pageshow", (shown) => shown.persisted && refresh());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
