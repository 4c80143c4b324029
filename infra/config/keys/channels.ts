import * as z from "zod";
import { originList } from "../../../app/webchat/origins.ts";
import { key } from "../key.ts";
import { httpsUrl } from "../values.ts";

/** Meta's channels and the web chat. */
export const CHANNELS_KEYS = {
  /** Default `https://graph.facebook.com`. Meta's Graph API, or the simulator. */
  graphBaseUrl: key("graphBaseUrl", httpsUrl, {
    expected: "an https URL (http only on this machine)",
    example: "https://graph.facebook.com",
    fallback: "https://graph.facebook.com",
  }),
  /** Default `v26.0`. Meta retires a version about two years after it appeared. */
  graphApiVersion: key("graphApiVersion", z.string().regex(/^v\d+\.\d+$/), {
    expected: "a Graph API version",
    example: "v26.0",
    fallback: "v26.0",
  }),
  /** Required. The id (not the telephone number) of the WhatsApp number that sends. */
  whatsappPhoneId: key("whatsappPhoneId", z.string().regex(/^\d{5,20}$/), {
    expected: "the phone number id of the WhatsApp Business number, digits only",
    example: "100000000000001",
  }),
  /** Required. The Page that answers in Messenger. */
  metaPageId: key("metaPageId", z.string().regex(/^\d{5,20}$/), {
    expected: "the id of the Facebook Page, digits only",
    example: "100000000000002",
  }),
  /** Required. The professional account that answers on Instagram. */
  instagramAccountId: key("instagramAccountId", z.string().regex(/^\d{5,20}$/), {
    expected: "the id of the Instagram professional account, digits only",
    example: "100000000000003",
  }),
  /** Default none: nobody's. The websites that may embed the chat (docs/widget.md). */
  webchatAllowedOrigins: key("webchatAllowedOrigins", originList, {
    expected: "comma-separated origins, such as https://www.example.com or https://*.example.com",
    example: "https://www.example.com",
    fallback: "",
  }),
} as const;
