// "5 minutes ago" stays true while the page is open; the moment itself, in the reader's own time, is its title.

const UNITS = [[31_536_000, "year"], [2_592_000, "month"], [86_400, "day"], [3_600, "hour"], [60, "minute"]];
const EVERY_MS = 15_000;

function age(moment) {
  const seconds = Math.max(0, Math.floor((Date.now() - moment) / 1000));
  const [length, unit] = UNITS.find(([shortest]) => seconds >= shortest) ?? [];
  if (!length) return "just now";
  const count = Math.floor(seconds / length);
  return `${count} ${unit}${count > 1 ? "s" : ""} ago`;
}

function tick() {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const moment = new Date(time.dateTime);
    const words = age(moment);
    if (time.textContent !== words) time.textContent = words;
    time.title = moment.toLocaleString();
  }
}

tick();
setInterval(tick, EVERY_MS);
