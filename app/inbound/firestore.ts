import {
  type DocumentReference,
  FieldValue,
  type Firestore,
  type Query as FirestoreQuery,
  type QuerySnapshot,
} from "firebase-admin/firestore";
import { AlreadyExists, type Data, type DocRef, type Query, Refused, type StorePort, type Write } from "./store.ts";

/** gRPC status codes: https://grpc.io/docs/guides/status-codes/ */
const ALREADY_EXISTS = 6;
const REFUSED: ReadonlySet<unknown> = new Set([3 /* INVALID_ARGUMENT */, 11 /* OUT_OF_RANGE */]);
const MAX_ATTEMPTS = 8;

/** What a batch and a transaction have in common. */
interface Writer {
  create(ref: DocumentReference, data: Data): unknown;
  set(ref: DocumentReference, data: Data): unknown;
  set(ref: DocumentReference, data: Data, options: { merge: true }): unknown;
  delete(ref: DocumentReference): unknown;
}

/** Firestore as persisting sees it. */
export function firestoreStore(db: Firestore): StorePort {
  const refOf = ({ collection, id }: DocRef) => db.collection(collection).doc(id);
  return {
    async getAll(refs) {
      if (refs.length === 0) return [];
      return (await db.getAll(...refs.map(refOf))).map((snapshot) => snapshot.data());
    },
    async find(query) {
      return foundIn(await queryOf(db, query).get());
    },
    async commit(writes) {
      const batch = db.batch();
      await translated(async () => {
        for (const write of writes) apply(batch, refOf(write), write);
        await batch.commit();
      });
    },
    transaction(work) {
      return translated(() =>
        db.runTransaction(
          async (transaction) => {
            const { result, writes } = await work({
              async getAll(refs) {
                if (refs.length === 0) return [];
                return (await transaction.getAll(...refs.map(refOf))).map((snapshot) => snapshot.data());
              },
              async find(query) {
                return foundIn(await transaction.get(queryOf(db, query)));
              },
            });
            for (const write of writes) apply(transaction, refOf(write), write);
            return result;
          },
          { maxAttempts: MAX_ATTEMPTS },
        ),
      );
    },
  };
}

function apply(writer: Writer, ref: DocumentReference, write: Write): void {
  if (write.op === "create") writer.create(ref, write.data);
  else if (write.op === "set") writer.set(ref, write.data);
  else if (write.op === "delete") writer.delete(ref);
  else writer.set(ref, withTransforms(write), { merge: true });
}

function withTransforms({ data, increments, unions }: Write): Data {
  const transformed: Data = { ...data };
  for (const [field, by] of Object.entries(increments ?? {})) transformed[field] = FieldValue.increment(by);
  for (const [field, values] of Object.entries(unions ?? {})) transformed[field] = FieldValue.arrayUnion(...values);
  return transformed;
}

function queryOf(db: Firestore, { collection, where, newestBy, limit }: Query): FirestoreQuery {
  let query: FirestoreQuery = db.collection(collection);
  for (const [field, op, value] of where) query = query.where(field, op, value);
  if (newestBy !== undefined) query = query.orderBy(newestBy, "desc");
  return query.limit(limit);
}

function foundIn(snapshot: QuerySnapshot) {
  return snapshot.docs.map((doc) => ({ id: doc.id, data: doc.data() }));
}

/** Turns the two failures that persisting acts on into errors of its own; the others mean that the store is not well. */
async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === ALREADY_EXISTS) throw new AlreadyExists({ cause });
    // Without a code the client itself refused the value before anything was sent.
    if (REFUSED.has(code) || (code === undefined && cause instanceof Error)) throw new Refused({ cause });
    throw cause;
  }
}
