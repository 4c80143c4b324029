/** Readers of single fields of a document: what is there and of its kind, else `undefined`. */

export type Doc = Readonly<Record<string, unknown>>;

export const isDoc = (value: unknown): value is Doc =>
  typeof value === "object" && value !== null && !Array.isArray(value);
export const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;
export const count = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? Math.max(0, Math.floor(value)) : 0;
export const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((known) => known === value);

/** A Firestore `Timestamp` (or anything that knows its milliseconds) as Unix milliseconds. */
export function time(value: unknown): number | undefined {
  if (!isDoc(value) || typeof value.toMillis !== "function") return undefined;
  const millis: unknown = value.toMillis();
  return typeof millis === "number" ? millis : undefined;
}

/** Leaves out what is not there, so that optional fields stay absent instead of `undefined`. */
type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
export function present<T extends Record<string, unknown>>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
