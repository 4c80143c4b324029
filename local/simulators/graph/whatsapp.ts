import * as z from "zod";
import { isBsuid, newMessageId, toWaId } from "../ids.ts";
import type { Simulation } from "../simulation.ts";
import type { Conversation, Sent } from "../world.ts";
import { type Choice, whatsappChoices } from "./choices.ts";
import { GraphError } from "./errors.ts";
import { WINDOW_MS } from "./limits.ts";
import { type Accepted, markRead, showTyping } from "./outgoing.ts";
import { addressee } from "./strangers.ts";
import { fillTemplate } from "./templates.ts";
import { uploadedFile } from "./uploads.ts";

/** Meta says 4096 characters; counted in UTF-16 units here, so that whatever passes locally passes there. */
const MAX_TEXT = 4096;
const MAX_CALLBACK_DATA = 512;
const MAX_CAPTION = 1024;
const MAX_BUTTONS = 3;
const MAX_BUTTON_TITLE = 20;

const MEDIA = ["image", "video", "audio", "document", "sticker"] as const;
const TYPES = ["text", "template", "interactive", "location", "contacts", "reaction", ...MEDIA] as const;

const media = z.looseObject({
  id: z.string().optional(),
  link: z.url().optional(),
  caption: z.string().max(MAX_CAPTION).optional(),
  filename: z.string().max(240).optional(),
});

const message = z.looseObject({
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.enum(["individual", "group"]).optional(),
  to: z.string().min(1).optional(),
  recipient: z.string().min(1).optional(),
  type: z.enum(TYPES).default("text"),
  text: z.object({ body: z.string().min(1).max(MAX_TEXT), preview_url: z.boolean().optional() }).optional(),
  ...Object.fromEntries(MEDIA.map((kind) => [kind, media.optional()])),
  template: z.looseObject({ name: z.string().min(1), language: z.looseObject({ code: z.string().min(2) }) }).optional(),
  interactive: z.looseObject({ type: z.string(), body: z.object({ text: z.string() }).optional() }).optional(),
  context: z.object({ message_id: z.string().min(1) }).optional(),
  biz_opaque_callback_data: z.string().max(MAX_CALLBACK_DATA).optional(),
});
const receipt = z.object({
  messaging_product: z.literal("whatsapp"),
  status: z.literal("read"),
  message_id: z.string().min(1),
  typing_indicator: z.object({ type: z.literal("text") }).optional(),
});
type Message = z.output<typeof message>;

/** `POST /{phone number id}/messages`. @throws {GraphError} when Meta would refuse it. */
export function sendWhatsApp(simulation: Simulation, account: string, body: unknown): Accepted {
  if (z.object({ status: z.unknown() }).safeParse(body).data?.status !== undefined) {
    return acknowledge(simulation, read(receipt, body));
  }
  const request = read(message, body);
  const { world, rates } = simulation;
  const now = world.now();
  const address = addressOf(request);
  if (!rates.account("whatsapp", account, now)) throw new GraphError(130429);
  if (!rates.pair(account, address, now)) {
    throw new GraphError(131056, { details: "Too many messages to this person: one in 6 seconds, 45 at once" });
  }
  checkContent(request);
  const sentMedia = media.safeParse(request[request.type]).data;
  const isMedia = MEDIA.some((kind) => kind === request.type);
  const file = isMedia ? uploadedFile(simulation, request.type, sentMedia?.id) : undefined;
  checkTemplate(simulation, request);
  // A template may go to anyone and opens no window.
  const customer =
    request.type === "template" ? world.find("whatsapp", address) : addressee(simulation, "whatsapp", address);
  const late = outsideWindow(request, customer, now);
  if (late && simulation.settings.windowRefusal === "response") throw late;
  const id = newMessageId("whatsapp");
  const correlation = request.biz_opaque_callback_data;
  const sent: Sent = {
    id,
    channel: "whatsapp",
    account,
    to: customer?.customer ?? address,
    ...(isBsuid(address) ? { address } : {}),
    kind: request.type,
    text: isMedia ? (sentMedia?.caption ?? "") : textOf(simulation, request),
    ...(file === undefined ? {} : { mediaUrl: simulation.media.publicUrl(file) }),
    at: now,
    ...(correlation === undefined ? {} : { correlation }),
    body,
  };
  return {
    answer: {
      messaging_product: "whatsapp",
      contacts: [contact(request, address)],
      messages: [{ id, ...(request.type === "template" ? { message_status: "accepted" } : {}) }],
    },
    sent,
    // Meta takes a business-scoped id in `to`, answers 200 and delivers nothing.
    lost: request.to !== undefined && isBsuid(request.to),
    choices: whatsappChoices(request.interactive),
    ...(late === undefined ? {} : { failure: late }),
    ...(request.context === undefined ? {} : { replyTo: request.context.message_id }),
  };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const missing = issue?.code === "invalid_type" && issue.message.includes("undefined");
  throw new GraphError(missing ? 131008 : 100, { details: `Param ${issue?.path.join(".")}: ${issue?.message}` });
}

function acknowledge(simulation: Simulation, request: z.output<typeof receipt>): Accepted {
  const seen = simulation.world.bubble("whatsapp", request.message_id);
  if (!seen) throw new GraphError(131009, { details: `Message ${request.message_id} is not one of this number's` });
  markRead(simulation, seen);
  if (request.typing_indicator) showTyping(simulation, "whatsapp", seen.customer, true);
  return { answer: { success: true } };
}

function addressOf(request: Message): string {
  if (request.to === undefined && request.recipient === undefined) {
    throw new GraphError(131008, { details: "Param to or recipient is required" });
  }
  if (request.recipient !== undefined && !isBsuid(request.recipient)) {
    throw new GraphError(131009, { details: "Param recipient takes a business-scoped user id, to takes a number" });
  }
  // With both, Meta sends to the number.
  if (request.to === undefined || isBsuid(request.to)) return request.to ?? request.recipient ?? "";
  const digits = toWaId(request.to);
  if (digits.length < 7 || digits.length > 15) {
    throw new GraphError(131009, { details: `Param to: ${request.to} is not a phone number` });
  }
  return digits;
}

function checkContent(request: Message): void {
  if (request.type !== "contacts" && request[request.type] === undefined) {
    throw new GraphError(131008, { details: `Param ${request.type} is required for type ${request.type}` });
  }
  if (request.interactive?.type === "button") checkButtons(whatsappChoices(request.interactive));
}

function checkButtons(buttons: readonly Choice[]): void {
  const tooLong = buttons.some(({ title }) => title.length > MAX_BUTTON_TITLE);
  if (buttons.length <= MAX_BUTTONS && !tooLong) return;
  throw new GraphError(131009, { details: `At most ${MAX_BUTTONS} buttons, of ${MAX_BUTTON_TITLE} characters each` });
}

function checkTemplate(simulation: Simulation, request: Message): void {
  if (request.type !== "template" || !request.template) return;
  const { name } = request.template;
  const state = simulation.settings.templates[name] ?? "APPROVED";
  if (state === "MISSING" || !/^[a-z0-9_]{1,512}$/.test(name)) {
    throw new GraphError(132001, { details: `template name (${name}) does not exist in the translation` });
  }
  if (state === "PAUSED") throw new GraphError(132015, { details: `template ${name} is paused for low quality` });
  if (state === "DISABLED") throw new GraphError(132016, { details: `template ${name} is disabled` });
}

function outsideWindow(request: Message, customer: Conversation | undefined, now: number): GraphError | undefined {
  if (request.type === "template") return undefined;
  if (now - (customer?.lastInboundAt ?? 0) <= WINDOW_MS) return undefined;
  return new GraphError(131047, { details: "More than 24 hours have passed since the recipient last wrote" });
}

function textOf(simulation: Simulation, request: Message): string {
  if (request.type === "text") return request.text?.body ?? "";
  if (request.type === "template") return templateText(simulation, request.template);
  return request.interactive?.body?.text ?? "";
}

const parameters = z.object({
  components: z
    .array(
      z.object({
        type: z.string().catch("body"),
        parameters: z.array(z.object({ text: z.string().catch(""), parameter_name: z.string().optional() })).catch([]),
      }),
    )
    .catch([]),
});

/** @throws {GraphError} when the values do not fit the template */
function templateText(simulation: Simulation, template: Message["template"]): string {
  if (!template) return "";
  const parts = parameters.safeParse(template).data?.components ?? [];
  const given = parts.filter(({ type }) => type.toLowerCase() === "body").flatMap((part) => part.parameters);
  return fillTemplate(simulation, { name: template.name, language: template.language.code }, given);
}

function contact(request: Message, address: string): Record<string, string> {
  if (isBsuid(address)) return { input: address, user_id: address };
  return { input: request.to ?? address, wa_id: address };
}
