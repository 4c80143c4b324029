import { createHmac } from "node:crypto";
import { initializeApp } from "firebase-admin/app";
import { type Firestore, getFirestore } from "firebase-admin/firestore";
import { inject } from "vitest";
import type { ChannelName } from "../../app/channels/channel.ts";
import { conversationId } from "../../app/conversations/ids.ts";
import { COLLECTIONS, type Conversation, type Message } from "../../app/conversations/model.ts";

/** What tests of the whole do with the running stack, as its users and Meta would. */

export const outputs = inject("outputs");
const processesUrl = inject("processesUrl");

process.env.FIRESTORE_EMULATOR_HOST = outputs.firestoreHost;
process.env.METADATA_SERVER_DETECTION = "none";
export const firestore: Firestore = getFirestore(initializeApp({ projectId: outputs.project }));

let customers = 0;
/** A WhatsApp number that no other test uses. */
export function newCustomer(): string {
  customers += 1;
  return `55119${String(Date.now()).slice(-7)}${customers % 10}`;
}

/** Waits for a state; fails with what was there instead. */
export async function until<T>(what: string, look: () => Promise<T | undefined>, timeoutMs = 20_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Still not so after ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export interface WhatsAppText {
  readonly from: string;
  readonly id: string;
  readonly text: string;
  readonly name?: string;
}

/** A WhatsApp Cloud API text message, by Meta's documentation. */
export function whatsappText(message: WhatsAppText): string {
  const name = message.name ?? "Cliente de exemplo";
  return JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      {
        id: "100000000000009",
        changes: [
          {
            field: "messages",
            value: {
              messaging_product: "whatsapp",
              metadata: { display_phone_number: "15550000001", phone_number_id: "100000000000001" },
              contacts: [{ profile: { name }, wa_id: message.from }],
              messages: [
                {
                  from: message.from,
                  id: message.id,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  type: "text",
                  text: { body: message.text },
                },
              ],
            },
          },
        ],
      },
    ],
  });
}

export function sign(body: string | Buffer, secret: string = outputs.secrets.META_APP_SECRET): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Posts to the WhatsApp webhook as Meta does; `signature: null` sends none. */
export function postWebhook(body: string | Buffer, signature: string | null = sign(body)): Promise<Response> {
  return fetch(outputs.webhookUrls.whatsapp, {
    method: "POST",
    body: new Uint8Array(Buffer.from(body)),
    headers: { "content-type": "application/json", ...(signature !== null && { "x-hub-signature-256": signature }) },
  });
}

export async function readConversation(customer: string): Promise<Conversation | undefined> {
  const id = conversationId("whatsapp", customer);
  return (await firestore.collection(COLLECTIONS.conversations).doc(id).get()).data() as Conversation | undefined;
}

/** A conversation's messages, oldest first. */
export async function readMessages(customer: string, channel: ChannelName = "whatsapp"): Promise<Message[]> {
  const id = conversationId(channel, customer);
  const found = await firestore.collection(COLLECTIONS.messages).where("conversationId", "==", id).get();
  return found.docs
    .map((document) => document.data() as Message)
    .sort((a, b) => a.timestamp.toMillis() - b.timestamp.toMillis());
}

/** The bot's messages of a conversation, once there is one. */
export function botAnswer(customer: string, timeoutMs?: number): Promise<Message> {
  const look = async () => (await readMessages(customer)).find((message) => message.senderType === "bot");
  return until(`an answer of the bot's to ${customer}`, look, timeoutMs);
}

export interface SentText {
  readonly channel: string;
  readonly to: string;
  readonly kind: string;
  readonly text?: string;
}

/** The texts that Meta accepted for this customer; typing and read marks are no texts. */
export async function sentTexts(customer: string): Promise<SentText[]> {
  const sent = await control<{ sent: SentText[] }>("GET", `/sent?channel=whatsapp&to=${customer}`);
  return sent.sent.filter((each) => each.kind === "text");
}

/** Calls the simulators' control API. */
export async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${outputs.simulatorUrl}/control${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /control${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

/** Sends a signal to a process of the stack: `servio-api`, `servio-webhook`, … */
export async function kill(name: string, signal: NodeJS.Signals): Promise<void> {
  await fetch(`${processesUrl}/${name}/${signal}`, { method: "POST" });
}

/** How often the supervisor has restarted a process that is ready now. */
export async function restarts(name: string): Promise<number | undefined> {
  const list = (await (await fetch(processesUrl)).json()) as { name: string; state: string; restarts: number }[];
  return list.find((process) => process.name === name && process.state === "ready")?.restarts;
}

/** The ID token of one of the stack's own people, as a browser gets it. */
export async function idToken(role: "admin" | "agent"): Promise<string> {
  const user = outputs.demoUsers.find((each) => each.role === role);
  const url = `http://${outputs.authHost}/identitytoolkit.googleapis.com/v1/accounts:signInWithPassword?key=any`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: user?.email, password: user?.password, returnSecureToken: true }),
  });
  return ((await response.json()) as { idToken: string }).idToken;
}
