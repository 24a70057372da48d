// The public API from a page: JSON out, JSON in, refusals as errors that carry the API's own words.

// What stands between backticks is a name; a page has no use for the backticks.
const plain = (words) => words.replaceAll("`", "");

export class Refused extends Error {
  constructor(status, problem) {
    super(plain(problem.message));
    this.status = status;
    this.suggestion = plain(problem.suggestion ?? "");
    this.fields = problem.details?.fields ?? [];
  }

  // Beside the field that it is about: nobody knows there what a program calls it.
  get beside() {
    const problems = this.fields.map(({ problem }) => `${plain(problem).replace(/\.$/, "")}.`);
    return problems.join(" ") || `${this.message} ${this.suggestion}`;
  }
}

const UNREACHABLE = {
  message: "The server cannot be reached.",
  suggestion: "Nothing was lost. Try again when it is back.",
};
const SIGNED_OUT = {
  message: "You are not logged in any more.",
  suggestion: "Log in in another tab, then send this again: nothing you wrote is lost.",
};
const CUT = { message: "The answer was cut off.", suggestion: "Ask again: nothing was changed." };
const UNREADABLE = { message: "The server gave no answer that can be read.", suggestion: "Try again." };

export const post = async (path, body = {}, headers = {}) =>
  (await send("POST", path, JSON.stringify(body), { "content-type": "application/json", ...headers })).data;

// The whole answer, its words for people too.
export const call = (method, path, body) =>
  send(method, path, body && JSON.stringify(body), body ? { "content-type": "application/json" } : {});

// The body of an upload is the file itself.
export const upload = async (path, file) =>
  (await send("POST", path, file, { "content-type": file.type || "application/octet-stream" })).data;

// The events of an answer that comes in pieces, until its end. A stream that is cut is an error.
export async function* stream(path, body, signal) {
  const headers = { "content-type": "application/json", accept: "text/event-stream" };
  const answer = await asked("POST", path, JSON.stringify(body), headers, signal);
  if (!answer.ok) throw await refusal(answer);
  let rest = "";
  for await (const text of texts(answer.body)) {
    const blocks = (rest + text).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").find((each) => each.startsWith("data: "));
      const event = data && JSON.parse(data.slice(6));
      if (event?.type === "end") return;
      if (event) yield event;
    }
  }
  throw new Refused(0, CUT);
}

async function* texts(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    let read;
    try {
      read = await reader.read();
    } catch {
      throw new Refused(0, CUT);
    }
    if (read.done) return;
    yield read.value;
  }
}

async function send(method, path, body, headers) {
  const answer = await asked(method, path, body, headers);
  if (!answer.ok) throw await refusal(answer);
  return answer.json().catch(() => null);
}

async function asked(method, path, body, headers, signal) {
  try {
    return await fetch(path, { method, headers: { "x-requested-with": "greenlight", ...headers }, body, signal });
  } catch {
    throw new Refused(0, UNREACHABLE);
  }
}

async function refusal(answer) {
  const content = await answer.json().catch(() => null);
  if (answer.status === 401 && content?.error.code === "sign_in_needed") return new Refused(401, SIGNED_OUT);
  return new Refused(answer.status, content?.error ?? UNREADABLE);
}
