// One walk of a script: told on the command line which, answered with one JSON line of facts.
// A walk may say a word to the test while it goes on; the test then cuts a wire or opens a gate.
import { createInterface } from "node:readline";

const SDKS = { "1.11.0": "@langchain/langgraph-sdk/client", "2.0.0": "langgraph-sdk-2/client" };
let lines;

/** Import the client of one of the two SDKs. */
export async function clientOf(sdk) {
  return (await import(SDKS[sdk])).Client;
}

/** Run the walk that the test names and print what it found. */
export async function run(walks) {
  const { walk, ...given } = JSON.parse(process.argv[2]);
  try {
    print({ facts: await walks[walk](given) });
  } catch (error) {
    print({ error: `${error?.stack ?? error}` });
  }
  process.exit(0); // streams that are still open are none of the test's business
}

/** Tell the test that the walk has come to a place. */
export function say(word, more = {}) {
  print({ say: word, ...more });
}

/** Wait until the test says that it has done its part. */
export async function hear() {
  lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  return (await lines.next()).value;
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
