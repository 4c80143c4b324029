import { DISPLAY_PHONE_NUMBER } from "../ids.ts";
import { whatsappUpdate } from "../webhooks.ts";
import { type Builder, type Builders, type Built, type Making, NOTHING_SHOWN } from "./making.ts";

/**
 * What WhatsApp tells about the account, the templates and the customer's choices. Shapes: WhatsApp Business Platform,
 * webhooks reference. `fields` is laid over the value.
 */
export const whatsappAccountBuilders: Builders = {
  number_changed: (making) => {
    const wa_id = making.input.payload ?? "5511900009999";
    return system(making, { body: `${making.name} changed to ${wa_id}`, wa_id, type: "user_changed_number" });
  },
  user_id_changed: (making) => {
    const user_id = making.input.bsuid ?? "BR.Novo1A2b3C";
    return system(making, { body: "User id changed", user_id, type: "user_changed_user_id" });
  },
  opt_out: preference("stop"),
  opt_in: preference("resume"),
  account_error: (making) => {
    const errors = [
      { code: 130429, title: "Rate limit hit", message: "Rate limit hit", error_data: { details: "Example" } },
    ];
    return { updates: [whatsappUpdate(making.account, { errors, ...making.input.fields })], effect: NOTHING_SHOWN };
  },
  account_update: about("account_update", (making) => ({
    phone_number: DISPLAY_PHONE_NUMBER,
    event: making.input.title ?? "ACCOUNT_RESTRICTION",
    restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration: "1799999999" }],
  })),
  account_alert: about("account_alerts", (making) => ({
    entity_type: "BUSINESS",
    entity_id: making.account,
    alert_severity: "WARNING",
    alert_status: "ACTIVE",
    alert_type: making.input.title ?? "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
    alert_description: "Example alert",
  })),
  template_status: about("message_template_status_update", (making) => ({
    event: making.input.payload ?? "PAUSED",
    message_template_id: 594425479261596,
    message_template_name: making.input.title ?? "followup_48h",
    message_template_language: "pt_BR",
    reason: "NONE",
  })),
  template_quality: about("message_template_quality_update", (making) => ({
    previous_quality_score: "GREEN",
    new_quality_score: making.input.payload ?? "YELLOW",
    message_template_id: 594425479261596,
    message_template_name: making.input.title ?? "followup_48h",
    message_template_language: "pt_BR",
  })),
  template_category: about("template_category_update", (making) => ({
    message_template_id: 594425479261596,
    message_template_name: making.input.title ?? "followup_48h",
    message_template_language: "pt_BR",
    previous_category: "UTILITY",
    new_category: making.input.payload ?? "MARKETING",
  })),
  phone_quality: about("phone_number_quality_update", (making) => ({
    display_phone_number: DISPLAY_PHONE_NUMBER,
    event: making.input.payload ?? "FLAGGED",
    current_limit: "TIER_1K",
    old_limit: "TIER_10K",
  })),
  capability_update: about("business_capability_update", () => ({
    max_daily_conversation_per_phone: 1000,
    max_phone_numbers_per_business: 25,
  })),
  security: about("security", () => ({
    display_phone_number: DISPLAY_PHONE_NUMBER,
    event: "PIN_CHANGED",
    requester: "1",
  })),
  call: call("connect"),
  call_ended: call("terminate"),
  /** What was said before the number was connected, both sides of it. */
  history: (making) => {
    const { input, account, id, at } = making;
    const timestamp = String(Math.floor(at / 1000) - 3600);
    const text = (from: string, wamid: string, body: string) => ({
      from,
      id: wamid,
      timestamp,
      type: "text",
      text: { body },
      history_context: { status: "READ" },
    });
    const messages = [
      text(input.from, id, input.text ?? "Mensagem de antes"),
      text(DISPLAY_PHONE_NUMBER, `${id}-reply`, "Resposta de antes"),
    ];
    const history = [
      { metadata: { phase: 0, chunk_order: 1, progress: 100 }, threads: [{ id: input.from, messages }] },
    ];
    return { updates: [whatsappUpdate(account, { history, ...input.fields }, "history")], effect: NOTHING_SHOWN };
  },
  history_declined: (making) => {
    const errors = [{ code: 2593109, title: "History sync is turned off by the business" }];
    return { updates: [whatsappUpdate(making.account, { history: [{ errors }] }, "history")], effect: NOTHING_SHOWN };
  },
};

/** A call of the customer's begins or ends; nobody answers it here. */
function call(callEvent: "connect" | "terminate"): Builder {
  return (making) => {
    const { input, account, id, at, name } = making;
    const timestamp = String(Math.floor(at / 1000));
    const one = {
      id: `wacid.${id}`,
      from: input.from,
      to: DISPLAY_PHONE_NUMBER,
      event: callEvent,
      direction: "USER_INITIATED",
      timestamp,
      ...input.fields,
    };
    const contacts = [{ profile: { name }, wa_id: input.from }];
    return { updates: [whatsappUpdate(account, { contacts, calls: [one] }, "calls")], effect: NOTHING_SHOWN };
  };
}

/** `system` messages carry no `contacts`. */
function system(making: Making, content: Record<string, unknown>): Built {
  const { input, account, id, at } = making;
  const timestamp = String(Math.floor(at / 1000));
  const element = { from: input.from, id, timestamp, type: "system", system: content, ...input.fields };
  return { updates: [whatsappUpdate(account, { messages: [element] })], effect: NOTHING_SHOWN };
}

/** The customer stops or resumes marketing messages in the app itself. */
function preference(value: "stop" | "resume"): Builder {
  return (making) => {
    const { input, account, at, name } = making;
    const detail =
      value === "stop" ? "User requested to stop marketing messages" : "User requested to resume marketing messages";
    const choice = {
      wa_id: input.from,
      detail,
      category: "marketing_messages",
      value,
      timestamp: Math.floor(at / 1000),
      ...input.fields,
    };
    const contacts = [{ profile: { name }, wa_id: input.from }];
    const update = whatsappUpdate(account, { contacts, user_preferences: [choice] }, "user_preferences");
    return { updates: [update], effect: NOTHING_SHOWN };
  };
}

/** Account-level changes name their field and carry a value of their own, without metadata. */
function about(field: string, value: (making: Making) => Record<string, unknown>): Builder {
  return (making) => ({
    updates: [{ list: "changes", element: { field, value: { ...value(making), ...making.input.fields } } }],
    effect: NOTHING_SHOWN,
  });
}
