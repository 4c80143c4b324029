import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { FieldValue, type Firestore, Timestamp } from "firebase-admin/firestore";

/**
 * A Firestore in memory, as far as conversations use one: batches that are written whole or not at all, `create`,
 * preconditions, merges, transforms, equality and range queries, optimistic transactions. The emulator answers the same
 * questions a hundred times slower, and a race is worth as much as the number of orders that it was run in.
 */

type Data = Record<string, unknown>;
interface Stored {
  readonly data: Data;
  /** Stands for the update time: another one after each write. */
  readonly version: number;
}
interface Reference {
  readonly id: string;
  readonly path: string;
  readonly firestore: unknown;
  get(): Promise<Snapshot>;
}
interface Snapshot {
  readonly id: string;
  readonly ref: Reference;
  readonly exists: boolean;
  readonly updateTime: number | undefined;
  data(): Data | undefined;
  get(field: string): unknown;
}
type Operator = "==" | "in" | "<" | "<=";
interface Question {
  readonly collection: string;
  readonly filters: readonly (readonly [string, Operator, unknown])[];
  readonly order?: readonly [string, "asc" | "desc"];
  readonly limit: number;
}
type Change = (documents: Map<string, Stored>) => void;

/** gRPC status codes: https://grpc.io/docs/guides/status-codes/ */
const CODES = { notFound: 5, alreadyExists: 6, failedPrecondition: 9, aborted: 10 } as const;
const MAX_ATTEMPTS = 8;

export interface MemoryOptions {
  /** Awaited before each call. @default lets everything else go first */
  readonly network?: () => Promise<void>;
  /** Told of each document as it is written, in the order of writing. */
  readonly onWrite?: (path: string, data: Readonly<Record<string, unknown>>) => void;
}

export function memoryFirestore({ network = yielding, onWrite }: MemoryOptions = {}): Firestore {
  let documents = new Map<string, Stored>();
  let version = 0;

  const snapshotOf = (path: string): Snapshot => {
    const stored = documents.get(path);
    return {
      id: path.slice(path.indexOf("/") + 1),
      ref: refOf(path),
      exists: stored !== undefined,
      updateTime: stored?.version,
      data: () => stored && (copy(stored.data) as Data),
      get: (field) => copy(valueAt(stored?.data, field)),
    };
  };
  const refOf = (path: string): Reference => ({
    id: path.slice(path.indexOf("/") + 1),
    path,
    firestore: db,
    get: async () => {
      await network();
      return snapshotOf(path);
    },
  });
  const found = ({ collection, filters, order, limit }: Question): Snapshot[] => {
    const all = [...documents].flatMap(([path, { data }]) => {
      const fits = filters.every(([field, operator, value]) => holds(valueAt(data, field), operator, value));
      return path.startsWith(`${collection}/`) && fits ? [path] : [];
    });
    const key = (path: string) => (order ? comparable(valueAt(documents.get(path)?.data, order[0])) : 0);
    const sign = order?.[1] === "desc" ? -1 : 1;
    return all
      .toSorted((a, b) => sign * (key(a) - key(b)))
      .slice(0, limit)
      .map(snapshotOf);
  };
  const query = (question: Question) => ({
    question,
    where: (field: string, operator: Operator, value: unknown) =>
      query({ ...question, filters: [...question.filters, [field, operator, value]] }),
    orderBy: (field: string, direction: "asc" | "desc" = "asc") => query({ ...question, order: [field, direction] }),
    limit: (limit: number) => query({ ...question, limit }),
    get: async () => {
      await network();
      const docs = found(question);
      return { docs, size: docs.length, empty: docs.length === 0 };
    },
  });
  const write = (changes: readonly Change[]): { writeTime: number }[] => {
    const next = new Map(documents);
    // What is written together has one version.
    version += 1;
    for (const change of changes) change(next);
    const before = documents;
    documents = next;
    for (const [path, stored] of next) if (before.get(path) !== stored) onWrite?.(path, stored.data);
    return changes.map(() => ({ writeTime: version }));
  };
  const writer = () => {
    const changes: Change[] = [];
    const put = (path: string, data: Data) => (next: Map<string, Stored>) => void next.set(path, { data, version });
    return {
      changes,
      create: ({ path }: Reference, data: Data) =>
        changes.push((next) => {
          if (next.has(path)) throw failure(CODES.alreadyExists, `${path} already exists`);
          put(path, applied({}, data, false))(next);
        }),
      set: ({ path }: Reference, data: Data, options?: { merge?: boolean }) =>
        changes.push((next) => {
          const before = options?.merge ? (next.get(path)?.data ?? {}) : {};
          put(path, applied(before, data, false))(next);
        }),
      update: ({ path }: Reference, data: Data, precondition?: { lastUpdateTime?: unknown }) =>
        changes.push((next) => {
          const before = next.get(path);
          if (!before) throw failure(CODES.notFound, `${path} is not there`);
          const wanted = precondition?.lastUpdateTime;
          if (wanted !== undefined && wanted !== before.version) {
            throw failure(CODES.failedPrecondition, `${path} has changed`);
          }
          put(path, applied(before.data, data, true))(next);
        }),
      delete: ({ path }: Reference) => changes.push((next) => void next.delete(path)),
    };
  };

  const db = {
    collection: (collection: string) => ({
      ...query({ collection, filters: [], limit: Number.POSITIVE_INFINITY }),
      doc: (id: string = randomUUID()) => refOf(`${collection}/${id}`),
    }),
    doc: refOf,
    getAll: async (...refs: Reference[]) => {
      await network();
      return refs.map(({ path }) => snapshotOf(path));
    },
    batch: () => {
      const batch = writer();
      const commit = async () => {
        await network();
        return write(batch.changes);
      };
      return { ...batch, commit };
    },
    runTransaction: async <T>(work: (transaction: unknown) => Promise<T>): Promise<T> => {
      for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
        // What was read, and how to see whether it still is so.
        const reads: (readonly [() => unknown, unknown])[] = [];
        const read = async <R extends Snapshot | Snapshot[]>(look: () => R): Promise<R> => {
          await network();
          const seen = look();
          const times = () => [look()].flat().map(({ id, updateTime }) => [id, updateTime]);
          reads.push([times, times()]);
          return seen;
        };
        const changes = writer();
        const result = await work({
          ...changes,
          get: async (source: Reference | { question: Question }) => {
            if ("path" in source) return read(() => snapshotOf(source.path));
            return { docs: await read(() => found(source.question)) };
          },
          getAll: (...refs: Reference[]) => read(() => refs.map(({ path }) => snapshotOf(path))),
        });
        await network();
        if (!reads.every(([look, seen]) => isDeepStrictEqual(look(), seen))) continue;
        write(changes.changes);
        return result;
      }
      throw failure(CODES.aborted, "Too much contention");
    },
  };
  return db as unknown as Firestore;
}

/** Every call lets others go first. */
function yielding(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function failure(code: number, message: string): Error {
  return Object.assign(new Error(message), { code });
}

/** The data after a write. Dots in the names of an update are paths; a merge goes into maps. */
function applied(before: Data, changes: Data, dotted: boolean): Data {
  const after = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    const dot = dotted ? name.indexOf(".") : -1;
    if (dot > 0) {
      const inner = isMap(after[name.slice(0, dot)]) ? (after[name.slice(0, dot)] as Data) : {};
      after[name.slice(0, dot)] = applied(inner, { [name.slice(dot + 1)]: value }, true);
    } else if (value instanceof FieldValue) transform(after, name, value);
    else if (!dotted && isMap(value)) after[name] = applied(isMap(after[name]) ? after[name] : {}, value, false);
    else if (value === undefined) throw new Error(`Value for "${name}" is undefined: Firestore refuses it.`);
    else after[name] = copy(value);
  }
  return after;
}

function transform(data: Data, name: string, value: FieldValue): void {
  const { operand, elements } = value as unknown as { operand?: number; elements?: unknown[] };
  if (operand !== undefined) data[name] = Number(data[name] ?? 0) + operand;
  else if (elements !== undefined) data[name] = [...new Set([...((data[name] as unknown[]) ?? []), ...elements])];
  else if (value.isEqual(FieldValue.delete())) delete data[name];
  else throw new Error(`No transform of this kind in memory: ${name}`);
}

function isMap(value: unknown): value is Data {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Timestamps never change; maps and lists are copied, so that nobody holds what is stored. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copy(inner)]));
}

function valueAt(data: Data | undefined, field: string): unknown {
  return field.split(".").reduce<unknown>((inner, name) => (isMap(inner) ? inner[name] : undefined), data);
}

function comparable(value: unknown): number {
  return value instanceof Timestamp ? value.toMillis() : Number(value);
}

/** A field that is missing, or of another kind, fits nothing. */
function holds(value: unknown, operator: Operator, wanted: unknown): boolean {
  switch (operator) {
    case "==":
      return value !== undefined && isDeepStrictEqual(value, wanted);
    case "in":
      return (wanted as unknown[]).includes(value);
    case "<":
    case "<=": {
      if (!(value instanceof Timestamp) || !(wanted instanceof Timestamp)) return false;
      const difference = value.toMillis() - wanted.toMillis();
      return operator === "<" ? difference < 0 : difference <= 0;
    }
  }
}
