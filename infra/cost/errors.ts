/** Something the person who asked for an estimate can mend. */
export class CostError extends Error {
  readonly code: string;

  /** @param code stable. @param message what was seen, and what to do. */
  constructor(code: string, message: string) {
    super(message);
    this.name = "CostError";
    this.code = code;
  }
}
