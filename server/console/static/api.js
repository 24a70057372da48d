// The public API from a page: JSON out, JSON in, refusals as errors that carry the API's own words.

export class Refused extends Error {
  constructor(status, problem) {
    super(problem.message);
    this.status = status;
    this.suggestion = problem.suggestion ?? "";
    this.fields = problem.details?.fields ?? [];
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
const UNREADABLE = { message: "The server gave no answer that can be read.", suggestion: "Try again." };

export const post = async (path, body = {}, headers = {}) =>
  (await send("POST", path, JSON.stringify(body), { "content-type": "application/json", ...headers })).data;

// The whole answer, its words for people too.
export const call = (method, path, body) =>
  send(method, path, body && JSON.stringify(body), body ? { "content-type": "application/json" } : {});

// The body of an upload is the file itself.
export const upload = async (path, file) =>
  (await send("POST", path, file, { "content-type": file.type || "application/octet-stream" })).data;

async function send(method, path, body, headers) {
  let answer;
  try {
    answer = await fetch(path, { method, headers: { "x-requested-with": "greenlight", ...headers }, body });
  } catch {
    throw new Refused(0, UNREACHABLE);
  }
  const content = await answer.json().catch(() => null);
  if (answer.ok) return content;
  if (answer.status === 401 && content?.error.code === "sign_in_needed") throw new Refused(401, SIGNED_OUT);
  throw new Refused(answer.status, content?.error ?? UNREADABLE);
}
