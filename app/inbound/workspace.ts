import { Timestamp } from "firebase-admin/firestore";
import { COLLECTIONS, type Conversation, type EarlyNews, type Message } from "../conversations/model.ts";
import type { Data, DocRef, Reader, Write } from "./store.ts";

/**
 * The documents that one transaction has read, and what it is going to write. Events are folded into it one after the
 * other, so that each sees what those before it changed.
 */
export class Workspace {
  readonly #documents = new Map<string, { ref: DocRef; data: Data | undefined }>();
  readonly #writes = new Map<string, Write>();

  /** Reads what has not been read yet, all at once. */
  async load(reader: Reader, refs: readonly DocRef[]): Promise<void> {
    const missing = new Map(refs.filter((ref) => !this.#documents.has(keyOf(ref))).map((ref) => [keyOf(ref), ref]));
    const wanted = [...missing.values()];
    const found = await reader.getAll(wanted);
    for (const [index, ref] of wanted.entries()) this.#documents.set(keyOf(ref), { ref, data: found[index] });
  }

  /** Takes in a document that a query found. */
  accept(ref: DocRef, data: Data): void {
    const key = keyOf(ref);
    if (!this.#documents.has(key)) this.#documents.set(key, { ref, data });
  }

  /** Everything that has been read, found or written. */
  refs(): DocRef[] {
    return [...this.#documents.values()].map(({ ref }) => ref);
  }

  get(ref: DocRef): Data | undefined {
    return this.#documents.get(keyOf(ref))?.data;
  }

  /** Replaces a document whole. */
  put(ref: DocRef, data: object): void {
    const key = keyOf(ref);
    this.#documents.set(key, { ref, data: { ...data } });
    this.#writes.set(key, { ...ref, op: "set", data: { ...data } });
  }

  /** Changes the named fields, maps included, and leaves the others to whoever else writes them. */
  merge(ref: DocRef, patch: Data, unions: Readonly<Record<string, readonly string[]>> = {}): void {
    const key = keyOf(ref);
    const before = this.#writes.get(key);
    this.#documents.set(key, { ref, data: united(merged(this.get(ref) ?? {}, patch), unions) });
    if (before?.op === "set") {
      this.#writes.set(key, { ...ref, op: "set", data: this.get(ref) ?? {} });
      return;
    }
    const data = merged(before?.data ?? {}, patch);
    this.#writes.set(key, { ...ref, op: "merge", data, unions: { ...before?.unions, ...unions } });
  }

  remove(ref: DocRef): void {
    const key = keyOf(ref);
    this.#documents.set(key, { ref, data: undefined });
    this.#writes.set(key, { ...ref, op: "delete", data: {} });
  }

  writes(): Write[] {
    return [...this.#writes.values()];
  }

  /** A message itself, not what came ahead of it. */
  message(id: string): Message | undefined {
    const data = this.get(messageRef(id));
    return data === undefined || data.stub === true ? undefined : (data as unknown as Message);
  }

  /** What is known of a message that has not come. */
  early(id: string): EarlyNews | undefined {
    const data = this.get(messageRef(id));
    return data?.stub === true ? (data as unknown as EarlyNews) : undefined;
  }

  /** Every message that has been read or written here. */
  messages(): Message[] {
    return [...this.#documents.values()].flatMap(({ ref }) =>
      ref.collection === COLLECTIONS.messages ? (this.message(ref.id) ?? []) : [],
    );
  }

  conversation(id: string): Partial<Conversation> | undefined {
    return this.get(conversationRef(id)) as Partial<Conversation> | undefined;
  }
}

export function messageRef(id: string): DocRef {
  return { collection: COLLECTIONS.messages, id };
}

export function conversationRef(id: string): DocRef {
  return { collection: COLLECTIONS.conversations, id };
}

export function taskRef(id: string): DocRef {
  return { collection: COLLECTIONS.tasks, id };
}

/** `patch` over `base`, maps merged, everything else replaced: what `set` with `merge` does. */
export function merged(base: Data, patch: Data): Data {
  const result: Data = { ...base };
  for (const [field, value] of Object.entries(patch)) {
    const before = result[field];
    result[field] = isMap(before) && isMap(value) ? merged(before, value) : value;
  }
  return result;
}

/** With every value of `unions` in the list of that name. */
export function united(base: Data, unions: Readonly<Record<string, readonly string[]>>): Data {
  const result: Data = { ...base };
  for (const [field, values] of Object.entries(unions)) {
    const before: unknown = result[field];
    result[field] = [...new Set([...(Array.isArray(before) ? (before as unknown[]) : []), ...values])];
  }
  return result;
}

function isMap(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Timestamp);
}

function keyOf({ collection, id }: DocRef): string {
  return `${collection}/${id}`;
}
