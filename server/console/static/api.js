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
const UNREADABLE = { message: "The server gave no answer that can be read.", suggestion: "Try again." };

export const post = (path, body = {}, headers = {}) =>
  send(path, JSON.stringify(body), { "content-type": "application/json", ...headers });

// The body of an upload is the file itself.
export const upload = (path, file) => send(path, file, { "content-type": file.type || "application/octet-stream" });

async function send(path, body, headers) {
  let answer;
  try {
    answer = await fetch(path, { method: "POST", headers: { "x-requested-with": "greenlight", ...headers }, body });
  } catch {
    throw new Refused(0, UNREACHABLE);
  }
  const content = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, content?.error ?? UNREADABLE);
  return content.data;
}
