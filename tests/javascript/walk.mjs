// Several walks of a script at once: told on the command line which, answered with a JSON line of facts each.
// A walk may say a word to the test and goes on when the test has done its part: cut a wire, opened a gate.
import { createInterface } from "node:readline";

const CLIENTS = { "1.11.0": "@langchain/langgraph-sdk/client", "2.0.0": "langgraph-sdk-2/client" };

/** The client of one of the two SDKs. */
export async function clientOf(sdk) {
  return (await import(CLIENTS[sdk])).Client;
}

/** Go on every walk that the test names, and print what each has found. */
export async function walkAll(walks) {
  const asked = JSON.parse(process.argv[2]);
  const heard = answers();
  await Promise.all(Object.entries(asked).map(([name, given]) => walkOne(walks[name], name, given, heard)));
  process.exit(0); // streams that are still open are none of the test's business
}

async function walkOne(walk, name, given, heard) {
  const say = async (word, more = {}) => {
    print({ walk: name, say: word, ...more });
    await heard(name);
  };
  try {
    print({ walk: name, facts: await walk({ ...given, say }) });
  } catch (error) {
    print({ walk: name, error: `${error?.stack ?? error}` });
  }
}

/** What waits for the test's next answer to a walk. */
function answers() {
  const waiting = new Map();
  createInterface({ input: process.stdin }).on("line", (name) => {
    waiting.get(name)();
    waiting.delete(name);
  });
  return (name) => new Promise((resolve) => waiting.set(name, resolve));
}

/** Every part of a stream. */
export async function all(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

/** What a call was refused with; a call that was not refused is an error. */
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    return { status: error.status, detail: JSON.parse(error.text).detail };
  }
  throw new Error("this should have been refused");
}

function print(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
