// The v1 client of either SDK, against runs that really run.
import { randomUUID } from "node:crypto";
import { all, clientOf, refusal, walkAll } from "./walk.mjs";

const BRIEF = { brief: {} };
const EVERY_MODE = ["values", "updates", "custom", "tasks", "checkpoints", "debug", "messages-tuple", "messages", "events"];
const GREEN = { decision: "GREEN" };

async function assistants({ client }) {
  const found = await client.assistants.search({ metadata: { created_by: "system" }, limit: 100 });
  const line = await client.assistants.get("line");
  return {
    graphs: found.map((one) => one.graph_id).sort(),
    line: line.assistant_id === found.find((one) => one.graph_id === "line").assistant_id,
    nodes: (await client.assistants.getGraph("line")).nodes.map((node) => node.id),
    schemas: Object.keys(await client.assistants.getSchemas("line")).sort(),
  };
}

async function threads({ client }) {
  const mark = randomUUID();
  const { thread_id: thread } = await client.threads.create({ metadata: { mark }, graphId: "line" });
  const empty = await client.threads.getState(thread);
  await client.runs.wait(thread, "line", { input: BRIEF });
  const [found] = await client.threads.search({ metadata: { mark }, limit: 5 });
  const copy = await client.threads.copy(thread);
  await client.threads.update(thread, { metadata: { seen: true } });
  await client.threads.delete(copy.thread_id);
  return {
    found: { ...found, thread_id: found.thread_id === thread }, empty: empty.checkpoint,
    same: (await client.threads.create({ threadId: thread, ifExists: "do_nothing" })).metadata,
    twice: await refusal(client.threads.create({ threadId: thread })),
    copied: copy.values, gone: await refusal(client.threads.get(copy.thread_id)),
  };
}

/** Look at what was, change it there, and go on from the change. */
async function history({ client }) {
  const thread = randomUUID();
  await client.runs.wait(thread, "line", { input: BRIEF, ifNotExists: "create" });
  const states = await client.threads.getHistory(thread, { limit: 20 });
  const at = states.find((state) => state.next[0] === "draw");
  const id = at.checkpoint.checkpoint_id;
  const forked = await client.threads.updateState(thread, { values: { log: ["mine"] }, checkpointId: id });
  const head = await client.threads.getState(thread);
  const again = await client.runs.wait(thread, "line", { input: null });
  const page = await client.threads.getHistory(thread, { limit: 2, before: { configurable: at.checkpoint } });
  return {
    states: states.map((state) => [state.metadata.source, state.next, state.values.log]),
    read: [await client.threads.getState(thread, id), await client.threads.getState(thread, at.checkpoint)].map(
      (state) => [state.checkpoint.checkpoint_id === id, state.values.log],
    ),
    head: [head.metadata.source, head.next, head.values.log],
    child: head.checkpoint.checkpoint_id === forked.checkpoint.checkpoint_id && head.parent_checkpoint.checkpoint_id === id,
    again: again.log, page: page.map((state) => state.next),
    whole: (await client.threads.getHistory(thread, { limit: 20 })).length,
  };
}

async function modes({ client }) {
  const shown = await Promise.all(EVERY_MODE.map((mode) => inMode(client, mode)));
  return Object.fromEntries(EVERY_MODE.map((mode, at) => [mode, shown[at]]));
}

async function inMode(client, streamMode) {
  const [thread, created] = [randomUUID(), []];
  const graph = streamMode.startsWith("messages") || streamMode === "events" ? "speaks" : "line";
  const parts = await all(
    client.runs.stream(thread, graph, {
      input: BRIEF, streamMode, ifNotExists: "create", onRunCreated: (run) => created.push(run),
    }),
  );
  const told = parts.find((part) => part.event === "metadata").data.run_id;
  return {
    events: parts.map((part) => part.event),
    data: parts.map((part) => part.data),
    named: created.length === 1 && created[0].run_id === told && created[0].thread_id === thread,
  };
}

async function resumable({ client, gate, say }) {
  const thread = randomUUID();
  const run = await client.runs.create(thread, "waits", {
    input: { brief: { wait_for: gate } }, ifNotExists: "create",
    streamMode: ["values", "tasks"], streamResumable: true,
  });
  const seen = [];
  for await (const part of client.runs.joinStream(thread, run.run_id, { lastEventId: "-1" })) {
    seen.push(part);
    if (part.event === "tasks" && part.data.name === "wait_long") break;
  }
  await say("waiting");
  const rest = await all(client.runs.joinStream(thread, run.run_id, { lastEventId: seen.at(-1).id }));
  const whole = await all(client.runs.joinStream(thread, run.run_id, { lastEventId: "-1" }));
  return { seen: ids(seen), rest: ids(rest), whole: ids(whole), live: await all(client.runs.joinStream(thread, run.run_id)) };
}

async function pause({ client }) {
  const thread = randomUUID();
  const first = await all(
    client.runs.stream(thread, "gate", { input: BRIEF, ifNotExists: "create", streamMode: ["values", "updates"] }),
  );
  const asked = first.findLast((part) => part.event === "values").data.__interrupt__;
  const resume = { [asked[0].id]: GREEN };
  const again = await all(client.runs.stream(thread, "gate", { command: { resume }, streamMode: "values" }));
  const other = { [asked[0].id]: { decision: "RED" } };
  return {
    asked,
    before: first.map((part) => part.event),
    after: again.findLast((part) => part.event === "values").data,
    second: await refusal(client.runs.create(thread, "gate", { command: { resume: other } })),
    statuses: (await client.runs.list(thread)).map((run) => run.status),
  };
}

async function refused({ client }) {
  const thread = randomUUID();
  await client.runs.wait(thread, "gate", { input: BRIEF, ifNotExists: "create" });
  const ask = (payload) => refusal(client.runs.create(thread, "gate", payload));
  return {
    input: await ask({ input: { brief: { another: true } } }),
    unknown: await ask({ command: { resume: { ["0".repeat(32)]: GREEN } } }),
    wrong: await ask({ command: { resume: { decision: 3 } } }),
    mode: await ask({ input: {}, streamMode: "films" }),
    nobody: await refusal(client.runs.list(randomUUID())),
    runs: (await client.runs.list(thread)).length,
  };
}

async function stop({ client, gate }) {
  const thread = randomUUID();
  const run = await client.runs.create(thread, "waits", { input: { brief: { wait_for: gate } }, ifNotExists: "create" });
  for await (const part of client.runs.joinStream(thread, run.run_id, { lastEventId: "-1", streamMode: ["tasks"] }))
    if (part.event === "tasks" && part.data.name === "wait_long") break;
  await client.runs.cancel(thread, run.run_id, true);
  return {
    status: (await client.runs.get(thread, run.run_id)).status,
    again: await refusal(client.runs.cancel(thread, run.run_id)),
    deleted: await client.runs.delete(thread, run.run_id).then(() => client.runs.list(thread)),
  };
}

async function waits({ client }) {
  const thread = randomUUID();
  const waited = await client.runs.wait(thread, "line", { input: BRIEF, ifNotExists: "create" });
  const paused = randomUUID();
  const run = await client.runs.create(paused, "gate", { input: BRIEF, ifNotExists: "create" });
  const failing = client.runs.wait(randomUUID(), "breaks", { input: BRIEF, ifNotExists: "create" });
  const failed = failing.then(() => null, (error) => error.message);
  return {
    log: waited.log,
    joined: await client.runs.join(paused, run.run_id),
    failed: await failed,
  };
}

async function stateless({ client }) {
  const streamed = await all(client.runs.stream(null, "line", { input: { brief: { x: 1 } }, streamMode: "updates" }));
  const made = await client.runs.createBatch(
    [1, 2, 3].map((n) => ({ assistantId: "line", input: { brief: { n } } })),
  );
  const joined = await Promise.all(made.map((one) => client.runs.join(one.thread_id, one.run_id)));
  return {
    waited: (await client.runs.wait(null, "line", { input: BRIEF })).log,
    streamed: streamed.map((part) => part.event),
    batch: joined.map((values) => values.brief.n),
  };
}

/** The wire is cut between the acceptance of a run and its answer; the SDK asks again by itself. */
async function retried({ client, direct }) {
  const [created, streamed] = [randomUUID(), randomUUID()];
  const payload = { input: BRIEF, ifNotExists: "create" };
  const [run, parts] = await Promise.all([
    client.runs.create(created, "line", payload),
    all(client.runs.stream(streamed, "line", { ...payload, streamMode: "updates" })),
  ]);
  return {
    created: (await direct.runs.list(created)).map((one) => one.run_id === run.run_id),
    streamed: (await direct.runs.list(streamed)).map((one) => one.run_id === parts[0].data.run_id),
    said: parts.map((part) => part.event),
  };
}

/** The wire is cut while a node works; the SDK goes on where it was. */
async function cut({ client, direct, gate, say }) {
  const thread = randomUUID();
  const stream = client.runs.stream(thread, "waits", {
    input: { brief: { wait_for: gate } }, ifNotExists: "create", streamMode: ["values", "tasks"],
    streamResumable: true, onDisconnect: "continue",
  });
  const seen = [];
  for await (const part of stream) {
    seen.push(part);
    if (part.event === "tasks" && part.data.name === "wait_long" && part.data.triggers) await say("waiting");
  }
  const whole = await all(direct.runs.joinStream(thread, seen[0].data.run_id, { lastEventId: "-1" }));
  return { seen: ids(seen), whole: ids(whole), status: (await direct.runs.list(thread)).map((one) => one.status) };
}

/** The ids of a run's own frames; after an id, either SDK takes a heartbeat for a part without a name. */
function ids(parts) {
  return parts.filter((part) => !["metadata", "end", ""].includes(part.event)).map((part) => part.id);
}

function withClient(walk) {
  return async ({ sdk, url, through, ...given }) => {
    const Client = await clientOf(sdk);
    return walk({ client: new Client({ apiUrl: through ?? url }), direct: new Client({ apiUrl: url }), ...given });
  };
}

const walks = {
  assistants, threads, history, modes, resumable, pause, refused, stop, waits, stateless, cut, retried,
  retriedAfterCut: retried,
};
await walkAll(Object.fromEntries(Object.entries(walks).map(([name, walk]) => [name, withClient(walk)])));
