import { createHash } from "node:crypto";
import { type Firestore, Timestamp } from "firebase-admin/firestore";
import type { GraphReader } from "../health/graph-reader.ts";
import { TEMPLATES, type TemplateDocument } from "./model.ts";
import { readTemplate, TEMPLATE_FIELDS, templatesPage } from "./read.ts";

/** Where it is kept what was last read, so that a list that did not change costs one read and no write. */
const MARKS = "template_syncs";
/** Even an unchanged list is compared again after so long: somebody may have changed a document by hand. */
const COMPARE_AGAIN_MS = 6 * 3_600_000;
/** A business account holds at most 6,000 templates; a page takes 100. */
const MOST_PAGES = 60;
/** A batch takes 500 writes. */
const WRITES_AT_ONCE = 400;

export type SyncResult =
  | { readonly state: "unchanged"; readonly templates: number }
  | { readonly state: "written"; readonly templates: number; readonly written: number; readonly removed: number }
  | { readonly state: "failed"; readonly code: number; readonly advice: string };

export interface SyncDeps {
  readonly db: Firestore;
  readonly graph: Pick<GraphReader, "get">;
  /** Unix milliseconds. */
  readonly now: () => number;
}

interface Mark {
  hash: string;
  at: Timestamp;
}

type Listed = ReadonlyMap<string, TemplateDocument>;

/**
 * Brings `templates` to what Meta has: new and changed ones, and those that are gone as `DELETED`. What administrators
 * added to a document stays. A list that could not be read whole changes nothing.
 *
 * @param business the WhatsApp business account
 */
export async function syncTemplates(deps: SyncDeps, business: string, token: string): Promise<SyncResult> {
  const at = deps.now();
  const listed = await listAll(deps, business, token, at);
  if (!(listed instanceof Map)) return listed;
  const hash = hashOf(listed);
  const place = deps.db.collection(MARKS).doc(business);
  const mark = (await place.get()).data() as Mark | undefined;
  if (mark?.hash === hash && at - mark.at.toMillis() < COMPARE_AGAIN_MS) {
    return { state: "unchanged", templates: listed.size };
  }
  const result = await write(deps.db, business, listed, at);
  await place.set({ hash, at: Timestamp.fromMillis(at) });
  return { state: "written", templates: listed.size, ...result };
}

async function listAll(deps: SyncDeps, business: string, token: string, at: number) {
  const listed = new Map<string, TemplateDocument>();
  let after = "";
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const cursor = after === "" ? "" : `&after=${encodeURIComponent(after)}`;
    const path = `${business}/message_templates?fields=${TEMPLATE_FIELDS}&limit=100${cursor}`;
    const read = await deps.graph.get(path, token);
    if (!read.ok) return { state: "failed", code: read.code, advice: read.advice } as const;
    const parsed = templatesPage.safeParse(read.body).data;
    if (!parsed) return { state: "failed", code: -1, advice: "A Meta não mandou uma lista de modelos." } as const;
    for (const raw of parsed.data) {
      const one = readTemplate(raw, business, at);
      if (one) listed.set(one.id, one.document);
    }
    const next = parsed.paging?.cursors?.after;
    if (parsed.paging?.next === undefined || next === undefined) break;
    after = next;
  }
  return listed;
}

function hashOf(listed: Listed): string {
  const rows = [...listed].map(([id, { statusAt: _at, syncedAt: _synced, ...rest }]) => [id, rest]);
  return createHash("sha256").update(JSON.stringify(rows.sort())).digest("hex");
}

async function write(db: Firestore, business: string, listed: Listed, at: number) {
  const all = db.collection(TEMPLATES);
  const known = await all.where("account", "==", business).select("status").get();
  const gone = known.docs.filter((one) => !listed.has(one.id) && one.get("status") !== "DELETED");
  const writes = [
    // What administrators added is not among these fields.
    ...[...listed].map(([id, document]) => ({ id, data: { ...document } })),
    ...gone.map(({ id }) => ({ id, data: { status: "DELETED", statusAt: Timestamp.fromMillis(at) } })),
  ];
  for (let start = 0; start < writes.length; start += WRITES_AT_ONCE) {
    const batch = db.batch();
    for (const { id, data } of writes.slice(start, start + WRITES_AT_ONCE)) {
      batch.set(all.doc(id), data, { merge: true });
    }
    await batch.commit();
  }
  return { written: listed.size, removed: gone.length };
}
