import { quantity } from "../money.ts";
import { GEMINI, SENDGRID, SENDGRID_INCLUDED, WHATSAPP } from "../prices/index.ts";
import { listAt, type Resource } from "../resource.ts";
import { baseline, type Context, DAYS, type Demand, usage } from "./model.ts";

/** Something that the stack makes others charge for, without a resource of its own. */
export interface External {
  readonly name: "Gemini" | "WhatsApp" | "SendGrid";
  readonly demands: readonly Demand[];
  /** Why it could not be priced. */
  readonly unsupported?: string;
}

/** What a stack's use costs outside Google Cloud's own resources. */
export function externals(context: Context): External[] {
  return [gemini(context), whatsapp(context), sendgrid(context)];
}

function gemini(context: Context): External {
  const model = modelOf(context.resources);
  const prices = GEMINI[model];
  if (!prices) {
    const known = Object.keys(GEMINI).join(", ");
    return {
      name: "Gemini",
      demands: [],
      unsupported: `no price for the model ${model}; infra/cost/prices/external.ts has ${known}`,
    };
  }
  const { repliesPerDay, geminiInputTokens, geminiOutputTokens } = context.usage;
  const answers = BigInt(repliesPerDay * DAYS);
  return {
    name: "Gemini",
    demands: [
      usage(`${model}, questions`, prices.input, quantity(answers * BigInt(geminiInputTokens))),
      usage(`${model}, answers`, prices.output, quantity(answers * BigInt(geminiOutputTokens))),
    ],
  };
}

/** The model as the API is told it. */
function modelOf(resources: readonly Resource[]): string {
  const variables = resources.flatMap((resource) => listAt(resource, "template", "containers", 0, "envs"));
  const found = variables.find(
    (variable): variable is { name: string; value: string } =>
      typeof variable === "object" &&
      variable !== null &&
      (variable as { name?: unknown }).name === "GEMINI_MODEL" &&
      typeof (variable as { value?: unknown }).value === "string",
  );
  return found?.value ?? "gemini-3.5-flash-lite";
}

function whatsapp({ usage: use }: Context): External {
  const prices = WHATSAPP[use.whatsappMarket];
  const answers = quantity(use.repliesPerDay * DAYS * use.whatsappPercent, 100);
  return {
    name: "WhatsApp",
    demands: [
      usage(`service messages, ${use.whatsappMarket}`, prices.service, answers),
      usage(`utility templates, ${use.whatsappMarket}`, prices.template, quantity(use.whatsappTemplatesPerDay * DAYS)),
    ],
  };
}

function sendgrid({ usage: { emailsPerDay } }: Context): External {
  if (emailsPerDay === 0) return { name: "SendGrid", demands: [] };
  const beyond = Math.max(0, emailsPerDay * DAYS - SENDGRID_INCLUDED);
  return {
    name: "SendGrid",
    demands: [
      baseline("Essentials plan", SENDGRID.plan, quantity(1)),
      usage("e-mails beyond the plan", SENDGRID.overage, quantity(beyond)),
    ],
  };
}
