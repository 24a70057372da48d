// One short sentence at the edge of the page; screen readers hear it, too.

export function toast(words, kind = "") {
  const line = document.createElement("p");
  line.className = `toast ${kind}`;
  line.textContent = words;
  document.getElementById("toasts").replaceChildren(line);
  setTimeout(() => line.remove(), kind === "problem" ? 9000 : 4500);
}

export const hush = () => document.getElementById("toasts").replaceChildren();
