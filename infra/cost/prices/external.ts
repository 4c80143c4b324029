import { type Price, price, published, reported, type Source, type Usd } from "./price.ts";

/** What is paid to others, or to Google outside the stack's resources: WhatsApp, SendGrid, Gemini. */

const WHATSAPP_PAGE = "https://developers.facebook.com/docs/whatsapp/pricing/non-template-messages";
const SENDGRID_PAGE = "https://sendgrid.com/en-us/pricing";
const GEMINI_PAGE = "https://ai.google.dev/gemini-api/docs/pricing";

const CARD = published(
  WHATSAPP_PAGE,
  "2026-08-25",
  "from 1 October 2026 a service message costs the market's utility rate; card of October 2026",
);
const NORTH_AMERICA = reported(
  WHATSAPP_PAGE,
  "2026-09-20",
  "from a calculator whose row is labelled Brazil and matches North America",
);

function whatsapp(market: string, usd: string, source: Source = CARD): Price {
  return price({
    id: `whatsapp/service-message-${market}`,
    service: "WhatsApp",
    unit: "delivered message",
    lot: 1,
    usd,
    source,
    free: { units: 1000, every: "month", sharedBy: "phone number", source: CARD },
  });
}

function template(market: string, usd: string, source: Source = CARD): Price {
  const note = "utility templates; marketing templates cost more";
  return price({
    id: `whatsapp/template-${market}`,
    service: "WhatsApp",
    unit: "delivered template",
    lot: 1,
    usd,
    source: { ...source, note },
  });
}

/** By the customer's country. */
export const WHATSAPP = {
  brazil: { service: whatsapp("brazil", "0.0068"), template: template("brazil", "0.0068") },
  "north-america": {
    service: whatsapp("north-america", "0.0034", NORTH_AMERICA),
    template: template("north-america", "0.0034", NORTH_AMERICA),
  },
  mexico: { service: whatsapp("mexico", "0.0085"), template: template("mexico", "0.0085") },
  colombia: { service: whatsapp("colombia", "0.0008"), template: template("colombia", "0.0008") },
  argentina: { service: whatsapp("argentina", "0.026"), template: template("argentina", "0.026") },
  chile: { service: whatsapp("chile", "0.02"), template: template("chile", "0.02") },
  peru: { service: whatsapp("peru", "0.03"), template: template("peru", "0.03") },
  "rest-of-latin-america": {
    service: whatsapp("rest-of-latin-america", "0.0113"),
    template: template("rest-of-latin-america", "0.0113"),
  },
} as const;

export type Market = keyof typeof WHATSAPP;

/** E-mails that the plan includes. */
export const SENDGRID_INCLUDED = 50_000;

export const SENDGRID = {
  plan: price({
    id: "sendgrid/essentials",
    service: "SendGrid",
    unit: "month",
    lot: 1,
    usd: "19.95",
    source: published(SENDGRID_PAGE, "2026-08-13", "Essentials, 50 000 e-mails; the free plan is gone"),
  }),
  overage: price({
    id: "sendgrid/overage",
    service: "SendGrid",
    unit: "e-mail",
    lot: 1,
    usd: "0.0013",
    source: published(SENDGRID_PAGE, "2026-08-13"),
  }),
} as const;

interface Tokens {
  readonly input: Price;
  readonly output: Price;
}

function gemini(model: string, input: Usd, output: Usd, note: string): Tokens {
  const token = (direction: "input" | "output", usd: Usd): Price =>
    price({
      id: `gemini/${model}-${direction}`,
      service: "Gemini API",
      unit: `${direction} token`,
      lot: 1_000_000,
      usd,
      source: reported(GEMINI_PAGE, "2026-10-07", note),
    });
  return { input: token("input", input), output: token("output", output) };
}

/** By model. The free tier is left out: its terms do not allow it for customers' conversations. */
export const GEMINI: Readonly<Record<string, Tokens>> = {
  "gemini-3.5-flash-lite": gemini("gemini-3.5-flash-lite", "0.30", "2.50", "paid tier"),
  "gemini-3.8-flash": gemini(
    "gemini-3.8-flash",
    ["0.75", "1.50"],
    ["3.75", "7.50"],
    "paid tier; the lower price ends with 31 December 2026",
  ),
  "gemini-3.5-flash": gemini("gemini-3.5-flash", "1.50", "9", "paid tier"),
  "gemini-2.5-flash-lite": gemini("gemini-2.5-flash-lite", "0.10", "0.40", "paid tier; the input price as remembered"),
};
