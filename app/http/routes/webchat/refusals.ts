import { problem } from "../../problem.ts";

/** What any of the chat's calls may answer. */
export const refusals = {
  400: problem("`invalid_request`: names every field that is wrong"),
  401: problem("`token_missing`, `invalid_session`: open a new session"),
  403: problem("`origin_not_allowed`: the website is not among webchatAllowedOrigins"),
  429: problem("`rate_limited`: try again after Retry-After"),
};
