import type { SecretName } from "../../app/environment.ts";
import { type Key, key } from "./key.ts";
import { words } from "./values.ts";

type SecretKey = Key<string>;

function secret(name: string, expected: string): SecretKey {
  return key(name, words, { expected, example: "" });
}

/** All required. The first three take two values while a rotation lasts: `new,old`. */
export const SECRET_KEYS: { readonly [Name in SecretName]: SecretKey } = {
  META_APP_SECRET: secret("metaAppSecret", "the Meta app's secret; `new,old` while it is rotated"),
  OMNI_WEBHOOK_SECRET: secret(
    "omniWebhookSecret",
    "the verify token of Meta's webhook handshake; `new,old` while rotated",
  ),
  OMNI_AUTOMATION_SECRET: secret(
    "omniAutomationSecret",
    "the bearer secret of the scheduled routes; `new,old` while rotated",
  ),
  WHATSAPP_TOKEN: secret("whatsappToken", "a system user's token for the WhatsApp Cloud API"),
  META_ACCESS_TOKEN: secret("metaAccessToken", "the Page's access token, for Messenger and Instagram"),
  GEMINI_API_KEY: secret("geminiApiKey", "a Gemini API key of a project with billing"),
};
