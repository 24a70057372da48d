// A panel as large as the window, with its earlier versions and its neighbours.

const box = document.getElementById("lightbox");
const picture = box.querySelector("img");
let shown = [];
let at = 0;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-enlarge]");
  if (!button) return;
  shown = [...button.closest(".wall").querySelectorAll("[data-enlarge]")];
  show(shown.indexOf(button));
  box.showModal();
});

box.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (step) show(at + Number(step.dataset.step));
  const version = event.target.closest("[data-version]");
  if (version) choose(version);
  if (event.target === box || event.target.closest("[data-close]")) box.close();
});

box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowLeft") show(at - 1);
  if (event.key === "ArrowRight") show(at + 1);
});

box.addEventListener("close", () => shown[at]?.focus());

function show(wanted) {
  at = (wanted + shown.length) % shown.length;
  const panel = shown[at].closest(".panel");
  const small = shown[at].querySelector("img");
  const whole = new URL(small.src);
  whole.searchParams.delete("small");
  picture.src = whole;
  picture.alt = small.alt;
  box.querySelector("[data-slate]").textContent = panel.dataset.item;
  box.querySelector("[data-words]").textContent = panel.querySelector(".description")?.textContent ?? "";
  offerVersions(panel);
}

function offerVersions(panel) {
  const links = [...panel.querySelectorAll("[data-all-versions] a")];
  const buttons = links.map((link, number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.dataset.version = link.href;
    button.textContent = number === links.length - 1 ? "Now" : `Version ${link.textContent}`;
    button.setAttribute("aria-pressed", String(number === links.length - 1));
    return button;
  });
  box.querySelector("[data-versions]").replaceChildren(...buttons);
}

function choose(button) {
  picture.src = button.dataset.version;
  for (const one of box.querySelectorAll("[data-version]"))
    one.setAttribute("aria-pressed", String(one === button));
}
