import type { Request } from "express";
import type { MetaChannelName } from "../../../app/channels/channel.ts";
import { APP_ID, BUSINESS_NAME, DISPLAY_PHONE_NUMBER, WABA_ID } from "../ids.ts";
import { accountOf, type Simulation } from "../simulation.ts";
import { GraphError } from "./errors.ts";
import { listTemplates } from "./templates.ts";

const APP_NAME = "Servio.AI Omnichannel";
const SCOPES = [
  "whatsapp_business_messaging",
  "whatsapp_business_management",
  "pages_messaging",
  "pages_manage_metadata",
  "instagram_manage_messages",
];

/** `GET /{id}?fields=` and the edges that health checks read. @throws {GraphError} 100/33 for an unknown id. */
export function readNode(simulation: Simulation, request: Request): unknown {
  const id = String(request.params.id);
  const edge = request.params.edge;
  if (edge === "phone_numbers") return { data: [phoneNumber(simulation, accountOf(simulation, "whatsapp"))] };
  if (edge === "message_templates") return listTemplates(simulation, request.query);
  if (edge !== undefined) throw new GraphError(2500, { details: `GET /{id}/${String(edge)} is not simulated` });
  return pick(node(simulation, id), request.query.fields);
}

function node(simulation: Simulation, id: string): Record<string, unknown> {
  if (id === WABA_ID) return { id, name: BUSINESS_NAME, currency: "USD", account_review_status: "APPROVED" };
  const channel = id === "me" ? "facebook" : simulation.world.accounts.get(id);
  if (channel === "whatsapp") return phoneNumber(simulation, id);
  if (channel === "facebook")
    return { id: accountOf(simulation, "facebook"), name: BUSINESS_NAME, category: "Service" };
  if (channel === "instagram") return { id, username: "servio.simulado", name: BUSINESS_NAME };
  const customer = simulation.world.find("facebook", id) ?? simulation.world.find("instagram", id);
  const file = simulation.media.get(id);
  if (file) {
    return {
      messaging_product: "whatsapp",
      id,
      url: simulation.media.ticket(file),
      mime_type: file.mimeType,
      sha256: file.sha256.toString("hex"),
      file_size: file.bytes.length,
    };
  }
  if (customer) {
    const [first = "", ...rest] = customer.name.split(" ");
    return { id, name: customer.name, first_name: first, last_name: rest.join(" "), username: customer.name };
  }
  throw new GraphError(100, { subcode: 33, details: `Object with ID '${id}' does not exist or cannot be loaded` });
}

function phoneNumber(simulation: Simulation, id: string): Record<string, unknown> {
  return {
    id,
    display_phone_number: `+${DISPLAY_PHONE_NUMBER}`,
    verified_name: BUSINESS_NAME,
    quality_rating: simulation.settings.quality,
    code_verification_status: "VERIFIED",
    name_status: "APPROVED",
    account_mode: "LIVE",
    platform_type: "CLOUD_API",
    status: "CONNECTED",
    messaging_limit_tier: "TIER_10K",
    throughput: { level: "STANDARD" },
    webhook_configuration: { application: simulation.connection?.webhookUrls.whatsapp ?? "" },
  };
}

function pick(whole: Record<string, unknown>, fields: unknown): Record<string, unknown> {
  if (typeof fields !== "string" || fields === "") return whole;
  const wanted = new Set(["id", ...fields.split(",").map((field) => field.trim().replace(/[.{(].*$/, ""))]);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => wanted.has(name)));
}

/** `GET|POST|DELETE /{account}/subscribed_apps`: whether Meta tells the app about this account at all. */
export function subscribedApps(simulation: Simulation, request: Request): unknown {
  const id = String(request.params.id);
  const channel: MetaChannelName | undefined =
    id === WABA_ID ? "whatsapp" : id === "me" ? "facebook" : simulation.world.accounts.get(id);
  if (channel === undefined) {
    throw new GraphError(100, { subcode: 33, details: `Object with ID '${id}' does not exist or cannot be loaded` });
  }
  if (request.method === "POST") simulation.subscribed.add(channel);
  if (request.method === "DELETE") simulation.subscribed.delete(channel);
  if (request.method !== "GET") {
    simulation.world.events.emit("state");
    return { success: true };
  }
  if (!simulation.subscribed.has(channel)) return { data: [] };
  const app = { id: APP_ID, name: APP_NAME, link: simulation.url };
  if (channel === "whatsapp") return { data: [{ whatsapp_business_api_data: app }] };
  return { data: [{ ...app, category: "Business", subscribed_fields: ["messages", "messaging_postbacks"] }] };
}

/** `GET /debug_token?input_token=`: what a token may do and until when. */
export function readToken(simulation: Simulation, request: Request): unknown {
  const token = request.query.input_token;
  if (typeof token !== "string" || token === "")
    throw new GraphError(100, { details: "param input_token is required" });
  const isValid = token !== "expired";
  return {
    data: {
      app_id: APP_ID,
      application: APP_NAME,
      type: "SYSTEM_USER",
      is_valid: isValid,
      expires_at: 0,
      data_access_expires_at: 0,
      issued_at: Math.floor(simulation.world.now() / 1000),
      scopes: SCOPES,
      granular_scopes: [
        { scope: "whatsapp_business_messaging", target_ids: [WABA_ID] },
        { scope: "pages_messaging", target_ids: [accountOf(simulation, "facebook")] },
      ],
      ...(isValid ? {} : { error: { code: 190, subcode: 463, message: "Session has expired" } }),
    },
  };
}
