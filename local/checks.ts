import { setTimeout as delay } from "node:timers/promises";
import { asError } from "./errors.ts";
import type { LocalOutputs } from "./outputs.ts";

/** What `npm start -- --once` proves: a message makes the whole way, and what must be closed is closed. */

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** Why not; empty when it is. */
  readonly detail: string;
  readonly elapsedMs: number;
}

interface Check {
  readonly name: string;
  /** Throws with the reason when it does not hold. */
  readonly run: (outputs: LocalOutputs, signal: AbortSignal) => Promise<void>;
}

/** The specification's bar for an answer is seconds; a first one may have to warm up. */
const DEADLINE_MS = 30_000;
const POLL_MS = 100;
/** An example number. */
const CUSTOMER = "5511900000001";

export const CHECKS: readonly Check[] = [
  { name: "the inbox page answers", run: inboxAnswers },
  { name: "a webhook without Meta's signature is refused", run: unsignedIsRefused },
  { name: "Firestore is closed to strangers", run: strangersAreRefused },
  { name: "a WhatsApp message is stored, answered and sent", run: messageIsAnswered },
];

/** Runs all checks one after another; a failed one does not stop the next. */
export async function runChecks(
  outputs: LocalOutputs,
  signal: AbortSignal,
  onResult: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { name, run } of CHECKS) {
    const began = performance.now();
    const failure = await run(outputs, AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)])).then(
      () => "",
      (error: unknown) => asError(error).message,
    );
    const result = { name, ok: failure === "", detail: failure, elapsedMs: performance.now() - began };
    results.push(result);
    onResult(result);
  }
  return results;
}

async function inboxAnswers({ inboxUrl }: LocalOutputs, signal: AbortSignal): Promise<void> {
  const response = await fetch(inboxUrl, { signal });
  const page = await response.text();
  if (response.status !== 200) throw new Error(`GET ${inboxUrl} answered ${response.status}, not 200.`);
  if (!page.includes("<div id=") && !page.includes("<html"))
    throw new Error(`GET ${inboxUrl} is not a page: ${page.slice(0, 80)}`);
}

async function unsignedIsRefused({ webhookUrls, apiUrl }: LocalOutputs, signal: AbortSignal): Promise<void> {
  const urls = [...Object.values(webhookUrls), `${apiUrl}/api/omni/webhook/whatsapp`];
  for (const url of urls) {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: '{"object":"page","entry":[]}', signal });
    await response.body?.cancel();
    if (response.status !== 401)
      throw new Error(`POST ${url} without a signature answered ${response.status}, not 401.`);
  }
}

async function strangersAreRefused(outputs: LocalOutputs, signal: AbortSignal): Promise<void> {
  for (const collection of ["conversations", "messages", "ia_logs"]) {
    const response = await fetch(`${documents(outputs)}/${collection}`, { signal });
    await response.body?.cancel();
    if (response.status !== 403)
      throw new Error(`Reading ${collection} without signing in answered ${response.status}, not 403.`);
  }
}

async function messageIsAnswered(outputs: LocalOutputs, signal: AbortSignal): Promise<void> {
  const since = Date.now();
  const text = `Olá, preciso de um eletricista (${since})`;
  const played = await fetch(`${outputs.simulatorUrl}/control/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ channel: "whatsapp", from: CUSTOMER, name: "Cliente de exemplo", text }),
    signal,
  });
  if (!played.ok) throw new Error(`The simulator did not play the message (${played.status}): ${await played.text()}`);

  const id = `whatsapp_${CUSTOMER}`;
  await until(
    "the conversation is in Firestore",
    signal,
    async () => (await read(outputs, `conversations/${id}`, signal)) !== undefined,
  );
  await until("the customer's message and the answer are in Firestore", signal, async () => {
    const texts = await messagesOf(outputs, id, signal);
    const received = texts.find((one) => one.text === text);
    return received !== undefined && texts.some((one) => one.senderType === "bot" && one.sentAt >= received.sentAt);
  });
  await until("the answer reached the customer's phone", signal, async () => {
    const query = new URLSearchParams({ channel: "whatsapp", to: CUSTOMER, since: String(since) });
    const response = await fetch(`${outputs.simulatorUrl}/control/sent?${query}`, { signal });
    const { sent } = (await response.json()) as { sent: unknown[] };
    return sent.length > 0;
  });
}

async function until(what: string, signal: AbortSignal, holds: () => Promise<boolean>): Promise<void> {
  const overdue = new Error(`It did not happen in time that ${what}.`);
  try {
    while (!(await holds())) await delay(POLL_MS, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? overdue : error;
  }
}

function documents({ firestoreHost, project }: LocalOutputs): string {
  return `http://${firestoreHost}/v1/projects/${project}/databases/(default)/documents`;
}

/** The emulator takes `owner` for an administrator. */
const OWNER = { authorization: "Bearer owner" };

async function read(outputs: LocalOutputs, path: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(`${documents(outputs)}/${path}`, { headers: OWNER, signal });
  if (response.ok) return response.json();
  await response.body?.cancel();
  return undefined;
}

interface StoredMessage {
  readonly text: string;
  readonly senderType: string;
  /** Unix milliseconds: as text, 12:00:00.5Z would come before 12:00:00Z. */
  readonly sentAt: number;
}

async function messagesOf(outputs: LocalOutputs, conversation: string, signal: AbortSignal): Promise<StoredMessage[]> {
  const where = {
    fieldFilter: { field: { fieldPath: "conversationId" }, op: "EQUAL", value: { stringValue: conversation } },
  };
  const response = await fetch(`${documents(outputs)}:runQuery`, {
    method: "POST",
    headers: { ...OWNER, "content-type": "application/json" },
    body: JSON.stringify({ structuredQuery: { from: [{ collectionId: "messages" }], where } }),
    signal,
  });
  const rows = (await response.json()) as {
    document?: { fields: Record<string, { stringValue?: string; timestampValue?: string }> };
  }[];
  return rows
    .flatMap(({ document }) => (document ? [document.fields] : []))
    .map((fields) => ({
      text: fields.text?.stringValue ?? "",
      senderType: fields.senderType?.stringValue ?? "",
      sentAt: Date.parse(fields.timestamp?.timestampValue ?? ""),
    }));
}
