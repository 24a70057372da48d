// A whole episode by each client: start, pause, reload in the pause, answer, a cut while it is shot, the end.
import { Client } from "@langchain/langgraph-sdk/client";
import { StreamController } from "@langchain/langgraph-sdk/stream";
import { all, clientOf, walkAll } from "./walk.mjs";

const GRAPH = "novela";
const MODES = ["values", "updates", "custom", "tasks", "checkpoints", "messages-tuple", "debug"];

/** Yes to everything that a gate asks, at the price it shows. */
function yes(gate) {
  return { approve_all: true, ...(gate.quote ? { quote_id: gate.quote.quote_id } : {}) };
}

/** The gate that a thread stands at, as a page sees it that was opened just now. */
async function gateOf(client, thread) {
  const state = await client.threads.getState(thread);
  return state.tasks.flatMap((task) => task.interrupts)[0];
}

async function v1({ sdk, url, through, brief, say }) {
  const Client = await clientOf(sdk);
  const client = new Client({ apiUrl: through });
  const { thread_id: thread } = await client.threads.create({ graphId: GRAPH });
  const started = await all(client.runs.stream(thread, GRAPH, { input: { brief }, streamMode: MODES }));
  const gates = [];
  for (let gate; (gate = await gateOf(new Client({ apiUrl: url }), thread)); ) {
    gates.push(gate.value.gate);
    const answered = shown(client, thread, { command: { resume: { [gate.id]: yes(gate.value) } } });
    if (gate.value.gate === "review_storyboard") {
      await stopInAShot(client, thread, answered);
      await followed(shown(client, thread, { input: null }), say);
    } else await followed(answered);
  }
  const { values, next } = await client.threads.getState(thread);
  const runs = await client.runs.list(thread);
  return {
    thread, gates, next, modes: [...new Set(started.map((part) => part.event))], delivered: delivered({ values }),
    statuses: runs.map((run) => run.status).reverse(), ...(await leftAtTheBudget(client, thread)),
  };
}

function shown(client, thread, asked) {
  return client.runs.stream(thread, GRAPH, {
    ...asked, streamMode: ["values", "tasks"], streamSubgraphs: true, streamResumable: true, onDisconnect: "continue",
  });
}

const begins = (part, node) => part.event.startsWith("tasks|") && part.data.name === node && part.data.triggers;

/** Stop the run while voices are recorded for its shots. */
async function stopInAShot(client, thread, answered) {
  let run;
  for await (const part of answered) {
    run ??= part.data.run_id;
    if (begins(part, "collect_voices")) await client.runs.cancel(thread, run, true);
  }
}

/** The past, and the gate that a run stands at which leaves it where the budget was asked. */
async function leftAtTheBudget(client, thread) {
  const history = await client.threads.getHistory(thread, { limit: 100 });
  const budget = history.find((state) => state.next[0] === "approve_budget").checkpoint;
  const { __interrupt__: asked } = await client.runs.wait(thread, GRAPH, { input: null, checkpoint: budget });
  return { steps: history.length, forked: asked[0].value.gate };
}

/** Every frame of a run, once, although the wire is cut while shots are taken. */
async function followed(answered, say) {
  const seen = [];
  for await (const part of answered) {
    seen.push(part);
    if (say && begins(part, "collect_voices")) await say("shooting");
  }
  const ids = seen.filter((part) => part.id && part.event && part.event !== "end").map((part) => part.id);
  if (new Set(ids).size !== ids.length) throw new Error(`a frame came twice: ${ids}`);
}

const delivered = ({ values }) => Object.keys(values.deliverables ?? {}).sort();

function page(url, threadId) {
  const controller = new StreamController({
    assistantId: GRAPH, client: new Client({ apiUrl: url }), threadId, reconnectDelayMs: () => 20,
    onReconnect: () => (controller.back = (controller.back ?? 0) + 1),
  });
  const seen = () => controller.rootStore.getSnapshot();
  const until = (test) =>
    new Promise((resolve) => {
      const look = () => test(seen()) && (stop(), resolve());
      const stop = controller.rootStore.subscribe(look);
      look();
    });
  return { controller, seen, until };
}

async function v2({ url, through, brief, say }) {
  const client = new Client({ apiUrl: url });
  let now = page(through);
  now.controller.submit({ brief });
  await now.until((seen) => seen.interrupts.length > 0);
  const thread = now.seen().threadId;
  const gates = [];
  let back = 0;
  while (now.seen().interrupts.length > 0) {
    await now.controller.dispose();
    now = page(through, thread);
    await now.until((seen) => seen.interrupts.length > 0);
    const [gate] = now.seen().interrupts;
    gates.push(gate.value.gate);
    await now.controller.respond(yes(gate.value), { interruptId: gate.id });
    if (gate.value.gate === "review_storyboard") {
      await new Promise((resolve) =>
        now.controller.getThread().onEvent(({ params }) => params.namespace[0]?.startsWith("shooting") && resolve()),
      );
      await say("shooting");
    }
    await now.until((seen) => delivered(seen).length > 0 || seen.interrupts.some(({ id }) => id !== gate.id));
    back += now.controller.back ?? 0;
  }
  const history = await client.threads.getHistory(thread, { limit: 100 });
  const budget = history.find((state) => state.next[0] === "approve_budget").checkpoint.checkpoint_id;
  const before = (await client.threads.getState(thread)).values;
  await now.controller.submit(null, { forkFrom: budget });
  await now.until((seen) => seen.interrupts.length > 0);
  return {
    thread, gates, back, delivered: delivered({ values: before }), steps: history.length,
    forked: now.seen().interrupts[0].value.gate, error: now.seen().error?.message,
  };
}

await walkAll({ "1.11.0": v1, "2.0.0": v1, controller: v2 });
