/**
 * Reads a payload field by field. Everything that Meta sends may lack a field or hold it in another type, and then only
 * that field is missing: a schema over the whole would refuse messages that can be read well enough. And it would be most
 * of what a delivery costs: these readers allocate nothing.
 */

export type Fields = Readonly<Record<string, unknown>>;

/** Thrown by a reader with a stable reason: the element is kept raw under it. */
export class NotUnderstood extends Error {}

/** The fields of an object. @throws {NotUnderstood} when it is none; `what` names it in the reason. */
export function fieldsOf(value: unknown, what: string): Fields {
  const fields = maybeFields(value);
  if (fields === undefined) throw new NotUnderstood(`shape:${what}`);
  return fields;
}

export function maybeFields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The elements of a list; none when it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : NONE;
}
const NONE: readonly unknown[] = [];

/**
 * A text, unless it is something else. Half an emoji, which JSON can write and UTF-8 cannot, becomes a replacement
 * character: the store would refuse the whole message.
 */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.toWellFormed() : undefined;
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/**
 * What a customer or an account may be called: it becomes part of a document id, where `/` may not stand, and the name of
 * a field, which may not begin with two underscores.
 */
const SAFE_ID = /^(?!__)[\w.:+=@-]{1,120}$/;

/** The id of a person or an account; a number is taken as its digits. */
export function partyOf(value: unknown): string | undefined {
  const id = typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? String(value) : value;
  return typeof id === "string" && SAFE_ID.test(id) ? id : undefined;
}

/** The id of a message: hashed before it names a document, so that nearly anything may stand in it. */
export function messageIdOf(value: unknown): string | undefined {
  return typeof value === "string" && value.length > 0 && value.length <= 1_000 ? value.toWellFormed() : undefined;
}

/** @throws {NotUnderstood} when there is no value. */
export function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotUnderstood(`shape:${what}`);
  return value;
}
