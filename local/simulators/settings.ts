import * as z from "zod";

/** Body of `PUT /control/settings`: how the simulated Meta and its customers behave. What is left out stays. */
export const settingsInput = z.strictObject({
  /** How far receipts go by themselves: `read` reads at once, `none` stays silent. @default "delivered" */
  receipts: z.enum(["none", "sent", "delivered", "read"]).optional(),
  /** WhatsApp: where a send outside the window is refused. Meta does both. @default "response" */
  windowRefusal: z.enum(["response", "status"]).optional(),
  /** State of message templates by name; those not named here are approved. */
  templates: z.record(z.string(), z.enum(["APPROVED", "PAUSED", "DISABLED", "MISSING"])).optional(),
  /** Health of the WhatsApp number as Graph reports it. @default "GREEN" */
  quality: z.enum(["GREEN", "YELLOW", "RED"]).optional(),
  /** Customers who wrote by a webhook that was posted by hand: `open` takes their window for open. @default "open" */
  strangers: z.enum(["open", "refused"]).optional(),
});

export interface Settings {
  receipts: "none" | "sent" | "delivered" | "read";
  windowRefusal: "response" | "status";
  templates: Record<string, "APPROVED" | "PAUSED" | "DISABLED" | "MISSING">;
  quality: "GREEN" | "YELLOW" | "RED";
  strangers: "open" | "refused";
}

export function defaultSettings(): Settings {
  return { receipts: "delivered", windowRefusal: "response", templates: {}, quality: "GREEN", strangers: "open" };
}
