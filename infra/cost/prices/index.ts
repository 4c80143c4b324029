import { CLOUD_RUN } from "./cloud-run.ts";
import { GEMINI, SENDGRID, WHATSAPP } from "./external.ts";
import { FIRESTORE } from "./firestore.ts";
import { BUILDS, PUBSUB, SCHEDULER, SECRETS, SIGN_IN } from "./messaging.ts";
import { OBSERVABILITY } from "./observability.ts";
import type { Price } from "./price.ts";
import { ARMOR, NETWORK, STORAGE } from "./storage-and-network.ts";

export { CLOUD_RUN } from "./cloud-run.ts";
export { GEMINI, type Market, SENDGRID, SENDGRID_INCLUDED, WHATSAPP } from "./external.ts";
export { FIRESTORE } from "./firestore.ts";
export { BUILDS, PUBSUB, PUBSUB_LEAST_BYTES, SCHEDULER, SECRETS, SIGN_IN } from "./messaging.ts";
export { OBSERVABILITY, POINT_BYTES } from "./observability.ts";
export type { Certainty, FreeAllowance, Price, Region, Source } from "./price.ts";
export { REGIONS } from "./price.ts";
export { ARMOR, NETWORK, STORAGE } from "./storage-and-network.ts";

/** The whole list. */
export const PRICES: readonly Price[] = [
  ...[CLOUD_RUN, FIRESTORE, PUBSUB, SCHEDULER, SECRETS, BUILDS, SIGN_IN].flatMap((service) => Object.values(service)),
  ...[STORAGE, NETWORK, ARMOR, OBSERVABILITY, SENDGRID].flatMap((service) => Object.values(service)),
  ...Object.values(WHATSAPP).flatMap(({ service, template }) => [service, template]),
  ...Object.values(GEMINI).flatMap(({ input, output }) => [input, output]),
];

/** The first and the last day on which prices of the list were read. */
export function readBetween(prices: readonly Price[] = PRICES): { readonly from: string; readonly to: string } {
  const days = prices.map(({ source }) => source.read).sort();
  return { from: days[0] ?? "", to: days.at(-1) ?? "" };
}
