/**
 * What persisting needs of a document store, and nothing more: Firestore behind one small edge, a map in the tests.
 */

export type Data = Record<string, unknown>;

export interface DocRef {
  readonly collection: string;
  readonly id: string;
}

export interface Found {
  readonly id: string;
  readonly data: Data;
}

export interface Query {
  readonly collection: string;
  readonly where: readonly (readonly [field: string, op: "==" | "in" | "<=", value: unknown])[];
  /** Newest first by this field. */
  readonly newestBy?: string;
  readonly limit: number;
}

/** One change of one document. */
export interface Write extends DocRef {
  /** `create` fails when the document exists; `set` replaces it; `merge` changes the named fields, maps included. */
  readonly op: "create" | "set" | "merge" | "delete";
  readonly data: Data;
  /** Numbers to be added to fields; only with `merge`. */
  readonly increments?: Readonly<Record<string, number>>;
  /** Values that lists must hold afterwards, whatever else they hold; only with `merge`. */
  readonly unions?: Readonly<Record<string, readonly string[]>>;
}

export interface Reader {
  getAll(refs: readonly DocRef[]): Promise<(Data | undefined)[]>;
  find(query: Query): Promise<Found[]>;
}

export interface StorePort extends Reader {
  /** All or nothing. @throws {AlreadyExists} when a `create` meets a document. */
  commit(writes: readonly Write[]): Promise<void>;
  /** Reads, then writes what `work` returns; `work` may run several times. */
  transaction<T>(work: (reader: Reader) => Promise<{ result: T; writes: readonly Write[] }>): Promise<T>;
}

/** A `create` met a document that is there already: somebody delivered the same event before. */
export class AlreadyExists extends Error {
  readonly code = "already_exists";
  constructor(options?: ErrorOptions) {
    super("A document that was to be created exists already", options);
    this.name = "AlreadyExists";
  }
}

/** The document itself is refused: trying again cannot help, leaving it out can. */
export class Refused extends Error {
  readonly code = "document_refused";
  constructor(options?: ErrorOptions) {
    super("The store refuses this document as it is", options);
    this.name = "Refused";
  }
}
