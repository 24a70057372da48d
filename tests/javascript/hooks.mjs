// The React hooks as a page uses them, rendered without a browser: the legacy useStream of both SDKs and the new one.
import { createElement, useEffect } from "react";
import { create } from "react-test-renderer";
import { clientOf, walkAll } from "./walk.mjs";

const HOOKS = {
  "1.11.0": "@langchain/langgraph-sdk/react", "2.0.0": "langgraph-sdk-2/react", react: "@langchain/react",
};
const GREEN = { decision: "GREEN" };
const PATIENCE_MS = 20_000;
const kept = new Map();
// What a browser gives a page to remember its run by.
globalThis.window = {
  sessionStorage: {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  },
};

/** A mounted page: what it shows now, and what it asked the house for. */
async function mount({ sdk, url, assistantId = "gate", ...options }) {
  const { useStream } = await import(HOOKS[sdk]);
  const Client = await clientOf(sdk === "react" ? "1.11.0" : sdk);
  const asked = [];
  const client = new Client({
    apiUrl: url,
    onRequest: (address, init) => {
      asked.push({
        call: `${init.method ?? "GET"} ${address.pathname.replace(/[0-9a-f-]{36}/g, "*")}${address.search}`,
        last: init.headers["Last-Event-ID"] ?? init.headers["last-event-id"],
        body: init.body ? JSON.parse(init.body) : undefined,
      });
      return init;
    },
  });
  const watchers = new Set();
  const shown = { asked, thread: options.threadId };
  function Page() {
    const stream = useStream({
      client, assistantId, ...options, onThreadId: (id) => (shown.thread = id),
    });
    Object.assign(shown, {
      stream, values: stream.values, interrupt: stream.interrupt, loading: stream.isLoading, error: stream.error,
      fetching: stream.isThreadLoading, history: options.fetchStateHistory && sdk !== "react" ? stream.history : [],
    });
    setTimeout(() => watchers.forEach((look) => look()));
    useEffect(() => void (shown.drawn = true));
    return null;
  }
  const root = create(createElement(Page), { unstable_isConcurrent: true });
  shown.client = client;
  shown.until = (test) =>
    new Promise((resolve, reject) => {
      const end = (settle) => (clearTimeout(late), watchers.delete(look), settle());
      const look = () => shown.stream && test(shown) && end(resolve);
      const instead = () => {
        const { values, interrupt, loading, fetching, error, history } = shown;
        const seen = { values, interrupt, loading, fetching, error: error?.message, steps: history.length };
        return JSON.stringify([`${test}`, seen, asked.map(({ call }) => call)]);
      };
      const late = setTimeout(() => end(() => reject(new Error(instead()))), PATIENCE_MS);
      watchers.add(look);
      look();
    });
  shown.unmount = () => root.unmount();
  // Nobody clicks before the page is there: what a hook does once it is drawn would undo what it was asked.
  while (!shown.drawn) await new Promise((resolve) => setTimeout(resolve));
  return shown;
}

const paused = (page) => page.interrupt?.id && !page.loading && !page.fetching;
const done = (page) => page.values.stage === "done" && !page.loading;

/** Start, leave, come back in the pause, answer, and see what a second tab's answer becomes. */
async function legacy({ sdk, url }) {
  const first = await mount({ sdk, url, fetchStateHistory: true });
  first.stream.submit({ brief: {} });
  await first.until(paused);
  const threadId = first.thread;
  first.unmount();
  const [page, tab] = await Promise.all([1, 2].map(() => mount({ sdk, url, fetchStateHistory: true, threadId })));
  await Promise.all([page.until(paused), tab.until(paused)]);
  const { interrupt } = page;
  const head = page.history.at(-1).checkpoint.checkpoint_id;
  page.stream.submit(undefined, { command: { resume: GREEN } });
  await page.until((now) => done(now) && now.interrupt === undefined);
  const late = tab.stream.submit(undefined, { command: { resume: { [interrupt.id]: { decision: "RED" } } } });
  await tab.until((now) => now.error);
  await late;
  return {
    first: first.asked.map(({ call }) => call), again: page.asked.map(({ call }) => call),
    interrupt, values: page.values, head,
    sent: page.asked.find(({ call }) => call.endsWith("/runs/stream")).body,
    late: tab.error.message, statuses: (await page.client.runs.list(threadId)).map((run) => run.status),
  };
}

/** Leave in the middle of a node and come back: the page joins its run from the start. */
async function rejoined({ sdk, url, gate, say }) {
  const options = { sdk, url, assistantId: "waits", reconnectOnMount: true, fetchStateHistory: true };
  const first = await mount(options);
  first.stream.submit({ brief: { wait_for: gate } });
  await first.until((page) => page.values.log?.includes("plan"));
  first.unmount();
  const page = await mount({ ...options, threadId: first.thread });
  await page.until((now) => now.loading && now.values.log?.includes("plan"));
  await say("waiting");
  await page.until(done);
  return {
    started: first.asked.find(({ call }) => call.endsWith("/runs/stream")).body,
    joined: page.asked.filter(({ call }) => /runs\/\*\/stream/.test(call)).map(({ call, last }) => [call, last]),
    values: page.values, statuses: (await page.client.runs.list(first.thread)).map((run) => run.status),
  };
}

async function stopped({ sdk, url, gate }) {
  const page = await mount({ sdk, url, assistantId: "waits", reconnectOnMount: true });
  page.stream.submit({ brief: { wait_for: gate } });
  await page.until((now) => now.values.log?.includes("plan"));
  await page.stream.stop();
  await page.until((now) => !now.loading);
  const { client, thread } = page;
  const [run] = await client.runs.list(thread);
  await client.runs.join(thread, run.run_id);
  return { asked: page.asked.map(({ call }) => call), status: (await client.runs.get(thread, run.run_id)).status };
}

/** The new hook: start, leave, come back in the pause, answer. */
async function modern({ url }) {
  const first = await mount({ sdk: "react", url });
  first.stream.submit({ brief: {} });
  await first.until(paused);
  first.unmount();
  const page = await mount({ sdk: "react", url, threadId: first.thread });
  await page.until((now) => paused(now) && now.values.log?.length);
  const { interrupt, values } = page;
  await page.stream.respond(GREEN, { interruptId: interrupt.id });
  await page.until((now) => done(now) && !now.interrupt);
  return { interrupt, before: values, values: page.values, left: page.interrupt ?? null, error: page.error };
}

await walkAll({ legacy, rejoined, stopped, modern });
