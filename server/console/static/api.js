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

export async function post(path, body = {}, headers = {}) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json", "x-requested-with": "greenlight", ...headers },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, UNREACHABLE);
  }
  const content = await answer.json().catch(() => null);
  if (!answer.ok) throw new Refused(answer.status, content?.error ?? UNREADABLE);
  return content.data;
}
