// A production's events. The browser comes back by itself with the last id it saw; where the server
// refused it for a while, this module opens the stream again from there.

const AGAIN_MS = [1000, 2000, 5000, 10000];

export function follow(address, { since, types, onEvent, onLine = () => {}, onEnd = () => {} }) {
  let last = Number(since);
  let tries = 0;
  let cut = false;
  let source;
  let closed = false;

  function open() {
    if (closed) return;
    const asked = new URL(address, location.href);
    asked.searchParams.set("since", last);
    asked.searchParams.set("only", types.join(","));
    source = new EventSource(asked);
    source.onopen = () => {
      tries = 0;
      if (cut) onLine(true);
      cut = false;
    };
    source.onerror = () => {
      if (!cut) onLine(false);
      cut = true;
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(open, AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
    };
    for (const type of types) source.addEventListener(type, heard);
    source.addEventListener("end", ended);
  }

  function heard(message) {
    const event = JSON.parse(message.data);
    last = Math.max(last, event.id);
    onEvent(event);
  }

  function ended(message) {
    const { payload } = JSON.parse(message.data);
    last = Math.max(last, payload.lastEventId);
    if (payload.reconnect) return;
    close();
    onEnd();
  }

  function close() {
    closed = true;
    source.close();
  }

  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (shown) => shown.persisted && open());
  open();
  return close;
}
