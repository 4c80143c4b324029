import type * as z from "zod";
import type { SecretName } from "../../app/environment.ts";
import { type Key, key } from "./key.ts";
import { rotating, words } from "./values.ts";

/** HS256 asks for a key as long as its hash: 32 bytes (RFC 7518, section 3.2). */
const orRotating = rotating.refine((text) => text === "none" || text.split(",").every((one) => one.length >= 32));

/**
 * Set with `pulumi config set --secret`; all but the last three are required.
 *
 * The first three, and what websites sign with, are shared with somebody else, so that both sides cannot change at once.
 * They take two values while a rotation lasts, the new one first:
 *
 * 1. `pulumi config set --secret metaAppSecret "new,old"`, `pulumi up`: both are accepted.
 * 2. Change it at Meta (or with whoever calls the scheduled routes).
 * 3. `pulumi config set --secret metaAppSecret "new"`, `pulumi up`: the old one is refused.
 *
 * The others are used towards somebody who accepts old and new for a while: set the new value, `pulumi up`, revoke the
 * old one there. Each `up` pins the version it made, so that a rollback of the service is one of its secrets, too.
 */
export const SECRET_KEYS: { readonly [Name in SecretName]: Key<string> } = {
  META_APP_SECRET: secret("metaAppSecret", rotating, "the Meta app's secret; `new,old` while it is rotated"),
  OMNI_WEBHOOK_SECRET: secret(
    "omniWebhookSecret",
    rotating,
    "the verify token of Meta's webhook handshake; `new,old` while it is rotated",
  ),
  OMNI_AUTOMATION_SECRET: secret(
    "omniAutomationSecret",
    rotating,
    "the bearer secret of the scheduled routes; `new,old` while it is rotated",
  ),
  WHATSAPP_TOKEN: secret("whatsappToken", words, "a system user's token for the WhatsApp Cloud API"),
  META_ACCESS_TOKEN: secret("metaAccessToken", words, "the Page's access token, for Messenger and Instagram"),
  GEMINI_API_KEY: secret("geminiApiKey", words, "a Gemini API key of a project with billing"),
  SENDGRID_API_KEY: optional("sendGridApiKey", "a SendGrid API key that may send, or none"),
  SLACK_WEBHOOK_URL: optional("slackWebhookUrl", "the URL of a Slack incoming webhook, or none"),
  WEBCHAT_IDENTITY_SECRET: key("webchatIdentitySecret", orRotating, {
    expected:
      "at least 32 characters that your website's server signs identities with (`new,old` in a rotation), or none",
    example: "",
    fallback: "none",
  }),
};

/** Default `none`: what it opens is then not used. */
function optional(name: string, expected: string): Key<string> {
  return key(name, words, { expected, example: "", fallback: "none" });
}

function secret(name: string, schema: z.ZodType<string>, expected: string): Key<string> {
  return key(name, schema, { expected, example: "" });
}
