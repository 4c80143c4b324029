/** What a person can mend: a stable code, what was seen, and what to do about it. Printed without a stack. */
export class LocalError extends Error {
  readonly code: string;
  readonly seen: string;
  readonly advice: string;
  constructor(code: string, seen: string, advice: string, options?: ErrorOptions) {
    super(`${seen}\n${advice}`, options);
    this.name = "LocalError";
    this.code = code;
    this.seen = seen;
    this.advice = advice;
  }
}

/** The refusal to delete what its own settings guard, as the real services refuse. */
export function guarded(what: string, setting: string): LocalError {
  return new LocalError("guarded", `${what} is guarded against deletion.`, `First deploy it with ${setting}.`);
}

/** Any thrown value as an Error, so that a message can be shown for it. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** True when a system call failed with `code`, such as `ENOENT`. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}
