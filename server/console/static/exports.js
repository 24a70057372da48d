// The form under a film: starts an export and goes to its page, which tells how far it is.

import { Refused, post } from "./api.js";

const form = () => document.querySelector("[data-export]");

// A form without its script would put the wishes into the address.
export function readyExports() {
  const button = form()?.querySelector("button");
  if (button) button.disabled = false;
}

const wish = (shown) => Object.fromEntries([...new FormData(shown)].filter(([, value]) => value));

document.addEventListener("submit", async (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  const shown = event.target;
  const [button, line] = [shown.querySelector("button"), shown.querySelector(".problem")];
  button.disabled = true;
  line.hidden = true;
  try {
    const { productionId } = await post(shown.dataset.export, wish(shown));
    location.assign(`/productions/${productionId}`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    line.textContent = `${error.message} ${error.suggestion}`;
    line.hidden = false;
    button.disabled = false;
  }
});
