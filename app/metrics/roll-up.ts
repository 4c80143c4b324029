import { FieldPath, FieldValue, type Firestore, type QueryDocumentSnapshot, Timestamp } from "firebase-admin/firestore";
import { CHANNELS, type ChannelName } from "../channels/channel.ts";
import { COLLECTIONS } from "../conversations/model.ts";
import { METRICS, type Place, type RollUpState } from "./model.ts";
import { dayId, HOUR_MS, hourId, startOfDay, startOfHour } from "./slots.ts";
import { SOURCES, type Source } from "./sources.ts";
import { add, mapNumbers, type Tree } from "./tree.ts";

/**
 * Counts what has been decided since the last time: each row once, however often this runs, however many run at once and
 * wherever one dies. What is added and how far it reaches is one write.
 */

export interface RollUpDeps {
  readonly db: Firestore;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Where the business is: its days are counted. */
  readonly timeZone: string;
}

export interface RollUpReport {
  /** Rows that were counted. */
  readonly counted: number;
  /** False: there is more; the next run goes on. */
  readonly complete: boolean;
}

/** A row's own time may be a little older than its commit: what is younger than this is left to the next run. */
const SETTLE_MS = 60_000;
/** The first run of all looks back as far as the rows are kept. */
const LOOK_BACK_MS = 30 * 24 * HOUR_MS;
/** Rows of one source at once, and rounds of one run: 10,000 rows of each in five minutes. */
const PAGE = 200;
const MOST_ROUNDS = 50;
/** After a long pause hours are made up for so many at a time. */
const MOST_HOURS = 48;
const DAY_MS = 24 * HOUR_MS;
const HOURLY_DAYS = 60;
const DAILY_DAYS = 800;
/** gRPC: ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED: another run was faster, and goes on. */
const OVERTAKEN = new Set<unknown>([6, 9, 10]);

export async function rollUp(deps: RollUpDeps): Promise<RollUpReport> {
  let counted = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const step = await rollOnce(deps);
    counted += step.counted;
    if (step.state !== "more") return { counted, complete: step.state === "done" };
  }
  return { counted, complete: false };
}

interface RoundResult {
  readonly state: "more" | "done" | "overtaken";
  readonly counted: number;
}

async function rollOnce(deps: RollUpDeps): Promise<RoundResult> {
  const { db } = deps;
  const until = deps.now() - SETTLE_MS;
  const place = db.collection(METRICS.state).doc("roll_up");
  const seen = await place.get();
  const before = seen.data() as RollUpState | undefined;
  const pages = await Promise.all(SOURCES.map((source) => readPage(db, source, before?.places[source.name], until)));
  const tally = new Tally(deps.timeZone);
  for (const [index, source] of SOURCES.entries()) {
    for (const row of pages[index] ?? []) {
      const at: unknown = row.get(source.timeField);
      if (at instanceof Timestamp) for (const path of source.steps(row.data())) tally.add(at.toMillis(), path);
    }
  }
  const inbound = await countInbound(db, before?.inbound, until, tally);
  const more = pages.some((page) => page.length === PAGE) || inbound.more;
  const state: RollUpState = {
    places: placesAfter(before?.places ?? {}, pages),
    inbound: inbound.state,
    countedTo: more ? (before?.countedTo ?? Timestamp.fromMillis(0)) : Timestamp.fromMillis(until),
  };
  const batch = db.batch();
  tally.write(db, (reference, data) => batch.set(reference, data, { merge: true }));
  if (seen.updateTime) batch.update(place, { ...state }, { lastUpdateTime: seen.updateTime });
  else batch.create(place, state);
  try {
    await batch.commit();
  } catch (error) {
    if (error instanceof Error && "code" in error && OVERTAKEN.has(error.code))
      return { state: "overtaken", counted: 0 };
    throw error;
  }
  const counted = pages.reduce((sum, page) => sum + page.length, 0);
  return { state: more ? "more" : "done", counted };
}

async function readPage(db: Firestore, source: Source, place: Place | undefined, until: number) {
  let query = db.collection(source.collection).where(source.timeField, "<=", Timestamp.fromMillis(until));
  for (const [field, value] of source.where) query = query.where(field, "==", value);
  query = query
    .orderBy(source.timeField)
    .orderBy(FieldPath.documentId())
    .select(...source.fields)
    .limit(PAGE);
  const from = place ?? { at: Timestamp.fromMillis(until - LOOK_BACK_MS), id: "" };
  return (await (from.id === "" ? query.startAt(from.at) : query.startAfter(from.at, from.id)).get()).docs;
}

function placesAfter(before: RollUpState["places"], pages: readonly QueryDocumentSnapshot[][]): RollUpState["places"] {
  const places: Record<string, Place> = { ...before };
  for (const [index, source] of SOURCES.entries()) {
    const last = pages[index]?.at(-1);
    const at: unknown = last?.get(source.timeField);
    if (last && at instanceof Timestamp) places[source.name] = { at, id: last.id };
  }
  return places;
}

/** What customers wrote is not read again: the store counts it, for the price of one read in a thousand. */
async function countInbound(db: Firestore, before: RollUpState["inbound"] | undefined, until: number, tally: Tally) {
  const last = startOfHour(until);
  const first = Math.max(before?.hour.toMillis() ?? last - DAY_MS, last - LOOK_BACK_MS);
  const end = Math.min(last, first + (MOST_HOURS - 1) * HOUR_MS);
  let counts: Partial<Record<ChannelName, number>> = {};
  for (let hour = first; hour <= end; hour += HOUR_MS) {
    const known = before?.hour.toMillis() === hour ? before.counts : {};
    const found = await Promise.all(
      CHANNELS.map((channel) => countOf(db, channel, hour, Math.min(hour + HOUR_MS, until))),
    );
    counts = {};
    for (const [index, channel] of CHANNELS.entries()) {
      const now = found[index] ?? 0;
      counts[channel] = now;
      const fresh = now - (known[channel] ?? 0);
      if (fresh > 0) tally.add(hour, ["volume", channel, "inbound"], fresh);
    }
  }
  return { state: { hour: Timestamp.fromMillis(end), counts }, more: end < last };
}

async function countOf(db: Firestore, channel: ChannelName, from: number, to: number): Promise<number> {
  const query = db
    .collection(COLLECTIONS.messages)
    .where("channel", "==", channel)
    .where("status", "==", "received")
    .where("createdAt", ">=", Timestamp.fromMillis(from))
    .where("createdAt", "<", Timestamp.fromMillis(to));
  return (await query.count().get()).data().count;
}

/** What one round adds, by hour and by day. */
class Tally {
  readonly #hours = new Map<number, Tree>();
  readonly #days = new Map<number, Tree>();
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  add(at: number, path: readonly string[], by = 1): void {
    add(treeAt(this.#hours, startOfHour(at)), path, by);
    add(treeAt(this.#days, startOfDay(at, this.#timeZone)), path, by);
  }

  write(db: Firestore, set: (reference: FirebaseFirestore.DocumentReference, data: object) => void): void {
    const put = (collection: string, id: string, at: number, tree: Tree, days: number) =>
      set(db.collection(collection).doc(id), {
        ...mapNumbers(tree, FieldValue.increment),
        at: Timestamp.fromMillis(at),
        expireAt: Timestamp.fromMillis(at + days * DAY_MS),
      });
    for (const [at, tree] of this.#hours) put(METRICS.hourly, hourId(at), at, tree, HOURLY_DAYS);
    for (const [at, tree] of this.#days) put(METRICS.daily, dayId(at, this.#timeZone), at, tree, DAILY_DAYS);
  }
}

function treeAt(trees: Map<number, Tree>, at: number): Tree {
  const known = trees.get(at);
  if (known) return known;
  const fresh: Tree = {};
  trees.set(at, fresh);
  return fresh;
}
