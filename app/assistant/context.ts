import { FieldPath, type Firestore, type Query, type QueryDocumentSnapshot } from "firebase-admin/firestore";
import type * as z from "zod";
import { COLLECTIONS, type UserType } from "../conversations/model.ts";
import type { Log } from "../telemetry/log.ts";
import { type Clock, systemClock } from "./clock.ts";
import {
  CONTACTED,
  countFact,
  escrowDocument,
  escrowFact,
  isOpenJob,
  type Job,
  jobDocument,
  jobFact,
  onboardingFact,
  PENDING,
  proposalDocument,
  proposalFact,
  prospectDocument,
  prospectsFact,
  userDocument,
} from "./facts.ts";

/** Reads the platform's facts about one customer, for the model to answer from. */

/** Collections of the platform, beside the conversations' own. */
const PLATFORM = { proposals: "proposals", jobs: "jobs", escrows: "escrows" } as const;

/** Documents read of each kind: an answer needs the open matters, not the archive. */
const MATTERS = 10;
const PROSPECTS = 50;
/** Milliseconds after which the answer goes on without the facts that are not there yet. */
export const FACTS_MS = 1500;

/** Whose facts are wanted. The id must be proven: facts go to whoever writes in this conversation. */
export interface FactsRequest {
  readonly userId: string;
  readonly userType: UserType;
  readonly conversationId: string;
}

export interface CustomerContext {
  /** Never throws; a source that fails or is slow gives no line. Bounded by {@link FACTS_MS}. */
  factsFor(request: FactsRequest): Promise<string[]>;
}

interface Sources {
  readonly db: Firestore;
  readonly now: number;
}

export function createContext(db: Firestore, log: Log, clock: Clock = systemClock): CustomerContext {
  return {
    async factsFor(request) {
      if (request.userId === "" || request.userId.includes("/")) return [];
      const sources = { db, now: clock.now() };
      const found = await Promise.all(
        readersFor(request).map(async ([name, read]) => {
          const late = laterThan(clock, FACTS_MS, name);
          try {
            return await Promise.race([read(sources), late.promise]);
          } catch (error) {
            log.warn({ err: error, source: name, conversationId: request.conversationId }, "Facts are missing");
            return [];
          } finally {
            late.cancel();
          }
        }),
      );
      return found.flat();
    },
  };
}

type Reader = (sources: Sources) => Promise<string[]>;

function readersFor({ userId, userType }: FactsRequest): readonly (readonly [string, Reader])[] {
  const onboarding = ["users", (sources: Sources) => readOnboarding(sources, userId)] as const;
  switch (userType) {
    case "cliente":
      return [onboarding, ["jobs", (sources) => readClient(sources, userId)]];
    case "prestador":
      return [onboarding, ["jobs", (sources) => readProvider(sources, userId)]];
    case "prospector":
      return [onboarding, ["prospects", (sources) => readProspects(sources, userId)]];
    case "admin":
      return [["counts", readCounts]];
  }
}

async function readOnboarding({ db }: Sources, userId: string): Promise<string[]> {
  const user = userDocument.safeParse((await db.collection(COLLECTIONS.users).doc(userId).get()).data());
  return user.success ? lines([onboardingFact(user.data)]) : [];
}

/** A client's proposals hang on the jobs; the jobs carry the client's id. */
async function readClient({ db, now }: Sources, userId: string): Promise<string[]> {
  const mine = (collection: string) => db.collection(collection).where("clientId", "==", userId);
  const [jobs, escrows] = await Promise.all([
    readAll(mine(PLATFORM.jobs).limit(MATTERS), jobDocument),
    readAll(mine(PLATFORM.escrows).where("status", "==", PENDING).limit(MATTERS), escrowDocument),
  ]);
  const open = jobs.filter(({ data }) => isOpenJob(data));
  const byId = new Map(jobs.map(({ id, data }) => [id, data]));
  const proposals = open.length === 0 ? [] : await readAll(proposalsFor(db, [...byId.keys()]), proposalDocument);
  return lines([
    ...open.map(({ data }) => jobFact(data)),
    ...proposals.map(({ data }) => proposalFact(data, byId.get(data.jobId ?? ""), "received", now)),
    ...escrows.map(({ data }) => escrowFact(data, byId.get(data.jobId ?? ""), "pays", now)),
  ]);
}

async function readProvider({ db, now }: Sources, userId: string): Promise<string[]> {
  const mine = (collection: string) => db.collection(collection).where("providerId", "==", userId).limit(MATTERS);
  const [jobs, proposals, escrows] = await Promise.all([
    readAll(mine(PLATFORM.jobs), jobDocument),
    readAll(mine(PLATFORM.proposals).where("status", "==", "enviada"), proposalDocument),
    readAll(mine(PLATFORM.escrows).where("status", "==", PENDING), escrowDocument),
  ]);
  const byId = new Map(jobs.map(({ id, data }) => [id, data]));
  const others = [...new Set(proposals.flatMap(({ data }) => data.jobId ?? []))].filter((id) => !byId.has(id));
  for (const { id, data } of await readJobs(db, others)) byId.set(id, data);
  return lines([
    ...jobs.filter(({ data }) => isOpenJob(data)).map(({ data }) => jobFact(data)),
    ...proposals.map(({ data }) => proposalFact(data, byId.get(data.jobId ?? ""), "sent", now)),
    ...escrows.map(({ data }) => escrowFact(data, byId.get(data.jobId ?? ""), "earns", now)),
  ]);
}

async function readProspects({ db, now }: Sources, userId: string): Promise<string[]> {
  const contacted = db
    .collection(COLLECTIONS.prospects)
    .where("prospectorId", "==", userId)
    .where("status", "==", CONTACTED)
    .select("status", "lastContactAt")
    .limit(PROSPECTS);
  const prospects = (await readAll(contacted, prospectDocument)).map(({ data }) => data);
  return lines([prospectsFact(prospects, prospects.length === PROSPECTS, now)]);
}

/** Counted by Firestore: one read for a thousand documents. */
async function readCounts({ db }: Sources): Promise<string[]> {
  const conversations = db.collection(COLLECTIONS.conversations).where("status", "==", "active");
  const [jobs, active, human] = await Promise.all([
    count(db.collection(PLATFORM.jobs).where("status", "==", "ativo")),
    count(conversations),
    count(conversations.where("mode", "==", "human")),
  ]);
  return [
    countFact("Jobs ativos", jobs),
    countFact("Conversas ativas", active),
    countFact("Conversas com uma pessoa da equipe", human),
  ];
}

async function count(query: Query): Promise<number> {
  return (await query.count().get()).data().count;
}

function proposalsFor(db: Firestore, jobIds: readonly string[]): Query {
  return db
    .collection(PLATFORM.proposals)
    .where("jobId", "in", jobIds)
    .limit(MATTERS * 2);
}

async function readJobs(db: Firestore, ids: readonly string[]): Promise<{ id: string; data: Job }[]> {
  // An id with a stroke would be a path, and refuse the whole query.
  const usable = ids.filter((id) => !id.includes("/")).slice(0, MATTERS);
  if (usable.length === 0) return [];
  return readAll(db.collection(PLATFORM.jobs).where(FieldPath.documentId(), "in", usable), jobDocument);
}

/** The documents that can be read; one that cannot costs only itself. */
async function readAll<T>(query: Query, schema: z.ZodType<T>): Promise<{ id: string; data: T }[]> {
  const { docs } = await query.get();
  return docs.flatMap((document: QueryDocumentSnapshot) => {
    const parsed = schema.safeParse(document.data());
    return parsed.success ? [{ id: document.id, data: parsed.data }] : [];
  });
}

function lines(facts: readonly (string | undefined)[]): string[] {
  return facts.filter((fact) => fact !== undefined);
}

function laterThan(clock: Clock, ms: number, source: string): { promise: Promise<never>; cancel: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => reject(new Error(`${source} took longer than ${ms} ms`)));
  return { promise, cancel };
}
