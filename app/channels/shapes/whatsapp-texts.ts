import type { Shape } from "./shape.ts";
import { said } from "./whatsapp-bodies.ts";

/** Texts, and what rides on them. */
export const WHATSAPP_TEXTS: readonly Shape[] = [
  said("text", 1, { type: "text", text: { body: "Preciso de ajuda" } }, { text: "Preciso de ajuda" }),
  said(
    "text with emoji and accents",
    2,
    { type: "text", text: { body: "Olá 👩‍👩‍👧‍👦 ç" } },
    { text: "Olá 👩‍👩‍👧‍👦 ç" },
  ),
  said(
    "text with line breaks and spaces is kept",
    3,
    { type: "text", text: { body: "  a\n\nb  " } },
    { text: "  a\n\nb  " },
  ),
  said("empty text", 4, { type: "text", text: { body: "" } }, { text: "" }),
  said("text without a body", 5, { type: "text", text: {} }, { kind: "unsupported" }),
  said("text of another type", 6, { type: "text", text: { body: 7 } }, { kind: "unsupported" }),
  said(
    "reply",
    7,
    { type: "text", text: { body: "Sim" }, context: { from: "15550000001", id: "wamid.1" } },
    { text: "Sim", replyTo: "wamid.1" },
  ),
  said(
    "forwarded",
    8,
    { type: "text", text: { body: "Veja" }, context: { forwarded: true, frequently_forwarded: true } },
    { text: "Veja" },
  ),
  said(
    "about a product",
    9,
    {
      type: "text",
      text: { body: "Tem?" },
      context: { from: "1", id: "wamid.x", referred_product: { catalog_id: "C1", product_retailer_id: "P1" } },
    },
    {
      text: "Tem?",
      replyTo: "wamid.x",
      referral: { catalog_id: "C1", product_retailer_id: "P1", source_type: "product" },
    },
  ),
  said(
    "from an advertisement",
    10,
    {
      type: "text",
      text: { body: "Oi" },
      referral: {
        source_url: "https://fb.me/x",
        source_id: "AD1",
        source_type: "ad",
        headline: "Pintura",
        ctwa_clid: "CL1",
      },
    },
    {
      text: "Oi",
      referral: {
        source_url: "https://fb.me/x",
        source_id: "AD1",
        source_type: "ad",
        headline: "Pintura",
        ctwa_clid: "CL1",
      },
    },
  ),
];
