// The headless controller behind every new useStream, against protocol v2.
import { Client } from "@langchain/langgraph-sdk/client";
import { StreamController } from "@langchain/langgraph-sdk/stream";
import { walkAll } from "./walk.mjs";

const GREEN = { decision: "GREEN" };
const QUICK = () => 20;
const PATIENCE_MS = 20_000;

/** A controller, what it asked the house for, and how often it came back. */
function page({ url, through, threadId, assistantId = "gate", ...options }) {
  const told = { asked: [], back: 0, ended: [], events: [] };
  const client = new Client({
    apiUrl: through ?? url,
    onRequest: (address, init) => {
      const body = init.body ? JSON.parse(init.body) : {};
      told.asked.push({ call: `${init.method ?? "GET"} ${address.pathname}`, ...body });
      return init;
    },
  });
  const controller = new StreamController({
    assistantId, client, threadId, reconnectDelayMs: QUICK,
    onReconnect: () => (told.back += 1),
    onCreated: ({ runId }) => (told.run = runId),
    onCompleted: ({ reason }) => told.ended.push(reason),
    ...options,
  });
  controller.subscribeThread((thread) => thread?.onEvent((event) => told.events.push(event)));
  const seen = () => controller.rootStore.getSnapshot();
  const until = (test) => shows(controller.rootStore, test, told);
  return { controller, client, told, seen, until };
}

/** Wait until a page shows something; after a while it says what it shows instead. */
function shows(store, test, told) {
  return new Promise((resolve, reject) => {
    const seen = () => store.getSnapshot();
    const end = (settle) => (clearTimeout(late), stop(), settle());
    const look = () => test(seen()) && end(resolve);
    const late = setTimeout(() => end(() => reject(new Error(JSON.stringify([test.toString(), seen(), told])))), PATIENCE_MS);
    const stop = store.subscribe(look);
    look();
  });
}

const asked = (seen) => seen.interrupts.length > 0 && !seen.isLoading;
const done = (seen) => seen.values.stage === "done" && !seen.isLoading;
const statuses = async (client, thread) => (await client.runs.list(thread)).map((run) => run.status);

async function start({ url }) {
  const { controller, client, told, seen, until: when } = page({ url, assistantId: "line" });
  await controller.submit({ brief: {} });
  await when(done); // values and the end come over two sockets
  const thread = seen().threadId;
  await new Promise((resolve) => setTimeout(resolve));
  return {
    values: seen().values, error: seen().error, ended: told.ended,
    run: (await client.runs.list(thread)).map((run) => run.run_id === told.run),
    asked: told.asked.slice(0, 3).map(({ call, method, channels }) => [call.replace(thread, "T"), method ?? channels]),
  };
}

async function pause({ url }) {
  const { controller, client, told, seen, until: when } = page({ url });
  await controller.submit({ brief: {} });
  await when(asked);
  const [interrupt] = seen().interrupts;
  const thread = seen().threadId;
  const again = page({ url, threadId: thread });
  await again.controller.hydrationPromise;
  await controller.respond(GREEN);
  await when(done);
  const second = await again.controller.respond({ decision: "RED" }, { interruptId: interrupt.id }).then(
    () => "taken",
    (error) => ({ code: error.code, message: error.message }),
  );
  return {
    interrupt, second, values: seen().values, left: seen().interrupts,
    request: told.events.find((event) => event.method === "input.requested").params.data,
    statuses: await statuses(client, thread),
  };
}

async function wrong({ url }) {
  const { controller, client, seen, until: when } = page({ url });
  await controller.submit({ brief: {} });
  await when(asked);
  const refused = await controller.respond({ decision: 3 }).catch((error) => error.message);
  await controller.submit({ brief: { another: true } });
  const { error, threadId } = seen();
  const back = page({ url, threadId });
  await back.controller.hydrationPromise;
  await back.controller.respond(GREEN, { interruptId: back.seen().interrupts[0].id });
  await back.until(done);
  return { refused, input: error.message, after: back.seen().values, statuses: await statuses(client, threadId) };
}

async function reload({ url }) {
  const before = page({ url });
  await before.controller.submit({ brief: {} });
  await before.until(asked);
  const threadId = before.seen().threadId;
  await before.controller.dispose();
  const { controller, told, seen, until: when } = page({ url, threadId });
  await when((now) => asked(now) && now.values.log);
  const found = { interrupts: seen().interrupts, log: seen().values.log };
  await controller.respond(GREEN, { interruptId: found.interrupts[0].id });
  await when(done);
  return {
    ...found, values: seen().values, left: seen().interrupts,
    asked: told.asked.map(({ call }) => call.replace(threadId, "T")),
  };
}

/** The page is opened again while a node works, and the question comes later. */
async function reloadInNode({ url, gate, say }) {
  const before = page({ url, assistantId: "waits_then_asks" });
  before.controller.submit({ brief: { wait_for: gate } });
  await before.until((seen) => seen.values.log?.includes("plan"));
  const threadId = before.seen().threadId;
  await before.controller.dispose();
  const { controller, seen, until: when } = page({ url, threadId, assistantId: "waits_then_asks" });
  await controller.hydrationPromise;
  const loading = seen().isLoading;
  const from = Date.now();
  await say("waiting");
  await when((now) => now.interrupts.length > 0);
  const took = Date.now() - from;
  await controller.respond(GREEN);
  await when(done);
  return { loading, took, values: seen().values };
}

async function stop({ url, gate }) {
  const { controller, client, told, seen, until: when } = page({ url, assistantId: "waits" });
  const submitted = controller.submit({ brief: { wait_for: gate } });
  await when((now) => now.values.log?.includes("plan"));
  await controller.stop();
  await submitted;
  const thread = seen().threadId;
  const run = await client.runs.join(thread, told.run).then(() => client.runs.get(thread, told.run));
  return { status: run.status, loading: seen().isLoading, asked: told.asked.map(({ call }) => call.split("/").at(-1)) };
}

/** The wire is cut while a node works. */
async function cut({ url, through, gate, say }) {
  const { controller, told, seen, until: when } = page({ url, through, assistantId: "waits" });
  const submitted = controller.submit({ brief: { wait_for: gate } });
  await when((now) => now.values.log?.includes("plan"));
  await say("waiting");
  await submitted;
  await when(done);
  return { values: seen().values, back: told.back, error: seen().error, events: once(told.events) };
}

/** Nothing happens for longer than the client waits for a sign of life. */
async function idle({ url, through, window, say }) {
  const { controller, client, told, seen, until: when } = page({
    url, through, assistantId: "line", streamIdleReconnect: window,
  });
  await controller.submit({ brief: {} });
  const between = told.back;
  await say("quiet");
  await new Promise((resolve) => setTimeout(resolve, window * 1.5));
  const back = told.back - between;
  const first = seen().values.log.length;
  await controller.submit({ brief: { again: true } });
  await when((now) => done(now) && now.values.log.length > first);
  return { back, log: seen().values.log, statuses: await statuses(client, seen().threadId), events: once(told.events) };
}

async function history({ url }) {
  const { controller, client, seen, until: when } = page({ url, assistantId: "line" });
  await controller.submit({ brief: {} });
  const thread = seen().threadId;
  const before = await client.threads.getHistory(thread, { limit: 20 });
  const at = before.find((state) => state.next[0] === "draw");
  await controller.submit(null, { forkFrom: at.checkpoint.checkpoint_id });
  await when(done);
  const after = await client.threads.getHistory(thread, { limit: 20 });
  return {
    before: before.map((state) => state.next),
    after: after.map((state) => state.next),
    parent: after.filter((state) => state.parent_checkpoint?.checkpoint_id === at.checkpoint.checkpoint_id).length,
    values: seen().values, error: seen().error?.message,
  };
}

async function several({ url }) {
  const { controller, seen, until: when } = page({ url, assistantId: "fan_out_gates" });
  await controller.submit({ brief: {} });
  await when((now) => now.interrupts.length === 3);
  const answers = Object.fromEntries(seen().interrupts.map(({ id, value }) => [id, { decision: value.shot }]));
  await controller.respondAll(answers);
  await when(done);
  return seen().values.answers;
}

/** What the stock server keeps silent about. */
async function channels({ url }) {
  const { controller, seen } = page({ url, assistantId: "line" });
  await controller.submit({ brief: {} });
  const stream = new Client({ apiUrl: url }).threads.stream(seen().threadId, { assistantId: "line" });
  const found = {};
  for (const channel of ["custom", "updates", "tasks", "checkpoints", "custom:progress"]) {
    const events = await stream.subscribe({ channels: [channel] });
    for await (const event of events) {
      found[channel] = event?.params?.data ?? event;
      break;
    }
  }
  return found;
}

/** Whether every event came once, and in order. */
function once(events) {
  const ids = events.map((event) => event.event_id);
  return { twice: ids.length - new Set(ids).size, count: ids.length };
}

await walkAll({ start, pause, wrong, reload, reloadInNode, stop, cut, idle, idleSilent: idle, history, several, channels });
