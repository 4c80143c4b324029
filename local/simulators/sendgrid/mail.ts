import * as z from "zod";
import { SendGridError } from "./errors.ts";

/** The body of `POST /v3/mail/send`, as far as the app uses it; what else is there is let through. */

const address = z.looseObject({ email: z.email("Does not contain a valid address."), name: z.string().optional() });
const MOST_RECIPIENTS = 1000;

const mail = z.looseObject({
  personalizations: z
    .array(
      z.looseObject({
        to: z
          .array(address)
          .min(
            1,
            "The to array is required for all personalization objects, and must have at least one email object with a valid email address.",
          ),
      }),
    )
    .min(1, "The personalizations field is required and must have at least one personalization.")
    .max(MOST_RECIPIENTS),
  from: address,
  subject: z
    .string()
    .min(
      1,
      "The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.",
    ),
  content: z
    .array(
      z.looseObject({
        type: z.string(),
        value: z.string().min(1, "The content value must be a string at least one character in length."),
      }),
    )
    .min(
      1,
      "Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.",
    ),
  headers: z.record(z.string(), z.string()).optional(),
  categories: z.array(z.string()).max(10).optional(),
  custom_args: z.record(z.string(), z.string()).optional(),
});
export type Mail = z.output<typeof mail>;

/** Headers that SendGrid sets itself. Source: https://www.twilio.com/docs/sendgrid/api-reference/mail-send/errors */
const RESERVED = new Set([
  "to",
  "from",
  "cc",
  "bcc",
  "subject",
  "content-type",
  "content-transfer-encoding",
  "x-sg-id",
  "received",
  "dkim-signature",
  "reply-to",
]);

/** @throws {SendGridError} 400, naming the field */
export function readMail(body: unknown): Mail {
  const parsed = mail.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SendGridError(400, issue?.message ?? "Bad Request", issue?.path.join(".") ?? null);
  }
  const reserved = Object.keys(parsed.data.headers ?? {}).find((name) => RESERVED.has(name.toLowerCase()));
  if (reserved !== undefined) {
    throw new SendGridError(400, `You cannot specify a value for the header ${reserved}.`, "headers");
  }
  const types = parsed.data.content.map(({ type }) => type);
  // text/plain has to come first, then text/html.
  if (types.includes("text/plain") && types[0] !== "text/plain") {
    throw new SendGridError(
      400,
      "If present, text/plain and text/html may only be provided once; text/plain must be first.",
      "content",
    );
  }
  return parsed.data;
}

/** The plain text, as a test wants to see it. */
export function textOf(one: Mail): string {
  return (one.content.find(({ type }) => type === "text/plain") ?? one.content[0])?.value ?? "";
}
