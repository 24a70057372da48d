// Asks before something that cannot be taken back at once.

export function sure({ question, consequence, yes }) {
  const dialog = document.getElementById("sure");
  dialog.querySelector("h2").textContent = question;
  dialog.querySelector("[data-consequence]").textContent = consequence;
  dialog.querySelector("[data-yes]").textContent = yes;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
