import { Timestamp } from "firebase-admin/firestore";
import * as z from "zod";
import type { MetaChannelName } from "../channels/channel.ts";
import type { GraphRead, GraphReader } from "./graph-reader.ts";
import type { AccountState, Check } from "./model.ts";

/** What belongs to one channel of Meta's. */
export interface MetaAccount {
  readonly channel: MetaChannelName;
  /** Phone number id, Page id or Instagram account id. */
  readonly account: string;
  readonly token: string;
}

/** Permissions without which nothing can be sent or received. */
const SCOPES: Readonly<Record<MetaChannelName, readonly string[]>> = {
  whatsapp: ["whatsapp_business_messaging"],
  facebook: ["pages_messaging"],
  instagram: ["instagram_manage_messages"],
};
const FIELDS: Readonly<Record<MetaChannelName, string>> = {
  whatsapp: "id,status,quality_rating,messaging_limit_tier,account_mode,display_phone_number",
  facebook: "id,name",
  instagram: "id,username",
};
/** What a subscription of a Page or an Instagram account asks for; WhatsApp's are chosen in the app's settings. */
const WEBHOOK_FIELDS = "messages,messaging_postbacks,message_deliveries,message_reads,message_reactions,message_echoes";
const WEEK_SECONDS = 7 * 24 * 3600;

const tokenBody = z.object({
  data: z.object({
    is_valid: z.boolean(),
    /** Unix seconds; 0: never. */
    expires_at: z.number().catch(0),
    scopes: z.array(z.string()).catch([]),
    granular_scopes: z.array(z.object({ scope: z.string(), target_ids: z.array(z.string()).catch([]) })).catch([]),
  }),
});
const phoneBody = z.object({
  status: z.string().optional(),
  quality_rating: z.string().optional(),
  messaging_limit_tier: z.string().optional(),
  display_phone_number: z.string().optional(),
});
const nameBody = z.object({ name: z.string().optional(), username: z.string().optional() });
const subscriptions = z.object({ data: z.array(z.unknown()) });

/** What a probe of one account saw. */
export interface MetaFinding {
  readonly checks: readonly Check[];
  /** What there is to tell about the account beside what is wrong with it. */
  readonly account: AccountState;
  /** WhatsApp: the business account that owns the number. */
  readonly business?: string;
}

/**
 * Token and permissions, the account itself, and whether Meta tells us what happens in it. A lost subscription is made
 * again at once: Meta ends one after an hour of failed deliveries, and nothing else would ever notice.
 */
export async function probeMeta(graph: GraphReader, one: MetaAccount, now: number): Promise<MetaFinding> {
  const read = await graph.get(`debug_token?input_token=${encodeURIComponent(one.token)}`, one.token);
  const token = read.ok ? tokenBody.safeParse(read.body).data?.data : undefined;
  const checks: Check[] = [read.ok ? tokenCheck(one.channel, token, now) : failure("token", read)];
  const account = await graph.get(`${one.account}?fields=${FIELDS[one.channel]}`, one.token);
  checks.push(accountCheck(one.channel, account));
  const found = { account: { ...tokenState(token), ...accountState(account) } };
  // Asking further with a dead token would only say the same again.
  if (checks.some(({ state }) => state === "failed")) return { checks, ...found };
  const owner = one.channel === "whatsapp" ? businessOf(token) : one.account;
  checks.push(owner === undefined ? NO_BUSINESS : await subscriptionCheck(graph, one, owner));
  return { checks, ...found, ...(one.channel === "whatsapp" && owner !== undefined && { business: owner }) };
}

type Token = z.output<typeof tokenBody>["data"];

const NO_BUSINESS: Check = {
  name: "subscription",
  state: "warning",
  code: "business_unknown",
  advice: "O token não diz a qual conta do WhatsApp pertence: confira a inscrição do webhook no painel da Meta.",
};

function tokenCheck(channel: MetaChannelName, token: Token | undefined, now: number): Check {
  if (token?.is_valid !== true) {
    const advice = "O token da Meta não vale mais. Gere outro e atualize o segredo da implantação.";
    return { name: "token", state: "failed", code: "token_invalid", advice };
  }
  const missing = SCOPES[channel].filter((scope) => !token.scopes.includes(scope));
  if (missing.length > 0) {
    const advice = `Falta ao token a permissão ${missing.join(", ")}. Conceda-a no painel da Meta.`;
    return { name: "token", state: "failed", code: "permission_missing", advice };
  }
  if (token.expires_at > 0 && token.expires_at - now / 1000 < WEEK_SECONDS) {
    const day = new Date(token.expires_at * 1000).toISOString().slice(0, 10);
    return {
      name: "token",
      state: "warning",
      code: "token_expires",
      advice: `O token da Meta vence em ${day}. Gere outro antes.`,
    };
  }
  return { name: "token", state: "ok" };
}

function tokenState(token: Token | undefined): AccountState {
  if (token === undefined) return {};
  return { tokenExpiresAt: token.expires_at > 0 ? Timestamp.fromMillis(token.expires_at * 1000) : null };
}

function accountState(read: GraphRead): AccountState {
  if (!read.ok) return {};
  const phone = phoneBody.safeParse(read.body).data ?? {};
  const { name, username } = nameBody.safeParse(read.body).data ?? {};
  const shown = phone.display_phone_number ?? (username === undefined ? name : `@${username}`);
  return {
    ...(shown !== undefined && { name: shown }),
    ...(phone.quality_rating !== undefined && { quality: phone.quality_rating }),
    ...(phone.messaging_limit_tier !== undefined && { limitTier: phone.messaging_limit_tier }),
  };
}

function accountCheck(channel: MetaChannelName, read: GraphRead): Check {
  if (!read.ok) return failure("account", read);
  if (channel !== "whatsapp") return { name: "account", state: "ok" };
  const phone = phoneBody.safeParse(read.body).data;
  if (phone?.status !== undefined && phone.status !== "CONNECTED") {
    const advice = `O número está ${phone.status} na Meta. Veja o WhatsApp Manager.`;
    return { name: "account", state: "failed", code: "number_disconnected", advice };
  }
  if (phone?.quality_rating === "RED") {
    const advice = "A qualidade do número está baixa e a Meta pode limitá-lo. Reveja as mensagens automáticas.";
    return { name: "account", state: "warning", code: "quality_low", advice };
  }
  return { name: "account", state: "ok" };
}

async function subscriptionCheck(graph: GraphReader, one: MetaAccount, owner: string): Promise<Check> {
  const path = `${owner}/subscribed_apps`;
  const before = await graph.get(path, one.token);
  if (!before.ok) return failure("subscription", before);
  if (isSubscribed(before.body)) return { name: "subscription", state: "ok" };
  const fields = one.channel === "whatsapp" ? "" : `?subscribed_fields=${WEBHOOK_FIELDS}`;
  const made = await graph.post(path + fields, one.token);
  const after = made.ok ? await graph.get(path, one.token) : made;
  if (after.ok && isSubscribed(after.body)) {
    const advice = "A Meta tinha desligado o webhook; ele foi ligado de novo. Mensagens desse intervalo podem faltar.";
    return { name: "subscription", state: "warning", code: "resubscribed", advice };
  }
  const advice =
    "A Meta não avisa mais sobre mensagens novas, e não foi possível religar o webhook. Inscreva o app no painel da Meta.";
  return { name: "subscription", state: "failed", code: "not_subscribed", advice };
}

function isSubscribed(body: unknown): boolean {
  return (subscriptions.safeParse(body).data?.data.length ?? 0) > 0;
}

function businessOf(token: Token | undefined): string | undefined {
  const scopes = ["whatsapp_business_management", "whatsapp_business_messaging"];
  const found = token?.granular_scopes.filter(({ scope }) => scopes.includes(scope));
  return found?.flatMap(({ target_ids }) => target_ids)[0];
}

function failure(name: string, read: { readonly code: number; readonly advice: string }): Check {
  return { name, state: "failed", code: read.code === -1 ? "unreachable" : `graph_${read.code}`, advice: read.advice };
}
