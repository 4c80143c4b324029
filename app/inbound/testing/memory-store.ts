import { Timestamp } from "firebase-admin/firestore";
import { AlreadyExists, type Data, type DocRef, type Query, Refused, type StorePort, type Write } from "../store.ts";
import { merged, united } from "../workspace.ts";

/** A document store in memory, as strict as the real one about what persisting relies on. */
export interface MemoryStore extends StorePort {
  /** By `collection/id`. */
  readonly documents: ReadonlyMap<string, Data>;
  /** How often each kind of call was made. */
  readonly calls: { commit: number; transaction: number; getAll: number; find: number };
  /** The next calls fail with this, until it is taken away. */
  failure: Error | undefined;
  /** Documents that this holds for are refused. */
  refuses: (write: Write) => boolean;
}

export function memoryStore(): MemoryStore {
  const documents = new Map<string, Data>();
  const calls = { commit: 0, transaction: 0, getAll: 0, find: 0 };
  // One transaction at a time, as locks on the same documents would have it.
  let turn: Promise<unknown> = Promise.resolve();

  const apply = (writes: readonly Write[]) => {
    if (writes.some((write) => store.refuses(write))) throw new Refused();
    if (writes.some((write) => write.op === "create" && documents.has(keyOf(write)))) throw new AlreadyExists();
    for (const write of writes) {
      if (write.op === "delete") documents.delete(keyOf(write));
      else documents.set(keyOf(write), written(documents.get(keyOf(write)), write));
    }
  };
  const reader = {
    async getAll(refs: readonly DocRef[]) {
      calls.getAll += 1;
      fail();
      return refs.map((ref) => documents.get(keyOf(ref)));
    },
    async find(query: Query) {
      calls.find += 1;
      fail();
      return matching(documents, query);
    },
  };
  const fail = () => {
    if (store.failure) throw store.failure;
  };
  const store: MemoryStore = {
    documents,
    calls,
    failure: undefined,
    refuses: () => false,
    ...reader,
    async commit(writes) {
      calls.commit += 1;
      fail();
      apply(writes);
    },
    transaction(work) {
      calls.transaction += 1;
      const next = turn.then(async () => {
        fail();
        const { result, writes } = await work(reader);
        apply(writes);
        return result;
      });
      turn = next.catch(() => undefined);
      return next;
    },
  };
  return store;
}

function written(before: Data | undefined, { op, data, increments, unions }: Write): Data {
  assertStorable(data);
  if (op !== "merge") return data;
  const result = united(merged(before ?? {}, data), unions ?? {});
  for (const [field, by] of Object.entries(increments ?? {})) result[field] = Number(result[field] ?? 0) + by;
  return result;
}

/** Firestore refuses `undefined`. */
function assertStorable(value: unknown, path = ""): void {
  if (value === undefined) throw new TypeError(`undefined at ${path}`);
  if (typeof value !== "object" || value === null || value instanceof Timestamp) return;
  for (const [key, inner] of Object.entries(value)) assertStorable(inner, `${path}.${key}`);
}

function matching(documents: ReadonlyMap<string, Data>, query: Query) {
  const found = [...documents]
    .filter(([key]) => key.startsWith(`${query.collection}/`))
    .map(([key, data]) => ({ id: key.slice(query.collection.length + 1), data }))
    .filter(({ data }) => query.where.every(([field, op, value]) => holds(valueAt(data, field), op, value)));
  const { newestBy } = query;
  if (newestBy !== undefined) found.sort((a, b) => millisOf(b.data[newestBy]) - millisOf(a.data[newestBy]));
  return found.slice(0, query.limit);
}

function holds(actual: unknown, op: "==" | "in" | "<=", value: unknown): boolean {
  if (op === "==") return actual !== undefined && actual === value;
  if (op === "in") return (value as unknown[]).includes(actual);
  return actual instanceof Timestamp && millisOf(actual) <= millisOf(value);
}

function valueAt(data: Data, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Data | undefined)?.[key], data);
}

function millisOf(value: unknown): number {
  return value instanceof Timestamp ? value.toMillis() : 0;
}

function keyOf({ collection, id }: DocRef): string {
  return `${collection}/${id}`;
}
