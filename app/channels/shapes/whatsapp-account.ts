import { NOW, type Shape } from "./shape.ts";
import { BUSINESS, body, change, PHONE, seconds, shape, value, wa } from "./whatsapp-bodies.ts";

/** Preferences, and the news of the account itself. */
export const WHATSAPP_ACCOUNT: readonly Shape[] = [
  shape("marketing stopped", {
    body: body(
      change(
        "user_preferences",
        value({
          user_preferences: [
            {
              wa_id: PHONE,
              detail: "User requested to stop",
              category: "marketing_messages",
              value: "stop",
              timestamp: Number(seconds(232)),
            },
          ],
        }),
      ),
    ),
    events: [wa.preference(232, { optOut: true })],
  }),
  shape("marketing resumed, and stopped by somebody else", {
    body: body(
      change(
        "user_preferences",
        value({
          user_preferences: [
            { wa_id: PHONE, category: "marketing_messages", value: "resume", timestamp: seconds(233) },
            { user_id: "BR.Hidden1", value: "stop", timestamp: seconds(234) },
          ],
        }),
      ),
    ),
    events: [
      wa.preference(233, { optOut: false }),
      { ...wa.preference(234, { optOut: true }), customer: "BR.Hidden1" },
    ],
  }),
  shape("a preference of the future is kept raw", {
    body: body(change("user_preferences", value({ user_preferences: [{ wa_id: PHONE, value: "maybe" }] }))),
    events: [wa.unknown("preference_unknown", { wa_id: PHONE, value: "maybe" })],
  }),
  shape("template approved", {
    body: body(
      change("message_template_status_update", {
        event: "APPROVED",
        message_template_id: 7,
        message_template_name: "followup",
        message_template_language: "pt_BR",
        reason: null,
      }),
    ),
    events: [
      wa.account(
        NOW,
        "message_template_status_update",
        {
          event: "APPROVED",
          message_template_id: "7",
          message_template_name: "followup",
          message_template_language: "pt_BR",
        },
        BUSINESS,
      ),
    ],
  }),
  shape("template paused", {
    body: body(
      change("message_template_status_update", {
        event: "PAUSED",
        message_template_id: 8,
        message_template_name: "promo",
        other_info: { title: "FIRST_PAUSE" },
      }),
    ),
    events: [
      wa.account(
        NOW,
        "message_template_status_update",
        {
          event: "PAUSED",
          message_template_id: "8",
          message_template_name: "promo",
          "other_info.title": "FIRST_PAUSE",
        },
        BUSINESS,
      ),
    ],
  }),
  shape("template quality", {
    body: body(
      change("message_template_quality_update", {
        previous_quality_score: "GREEN",
        new_quality_score: "YELLOW",
        message_template_name: "promo",
      }),
    ),
    events: [
      wa.account(
        NOW,
        "message_template_quality_update",
        { previous_quality_score: "GREEN", new_quality_score: "YELLOW", message_template_name: "promo" },
        BUSINESS,
      ),
    ],
  }),
  shape("number's quality", {
    body: body(
      change("phone_number_quality_update", {
        display_phone_number: "15550000001",
        event: "FLAGGED",
        current_limit: "TIER_1K",
      }),
    ),
    events: [
      wa.account(
        NOW,
        "phone_number_quality_update",
        { display_phone_number: "15550000001", event: "FLAGGED", current_limit: "TIER_1K" },
        BUSINESS,
      ),
    ],
  }),
  shape("account restricted", {
    body: body(
      change("account_update", {
        event: "ACCOUNT_RESTRICTION",
        restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration: 1 }],
      }),
    ),
    events: [
      wa.account(
        NOW,
        "account_update",
        {
          event: "ACCOUNT_RESTRICTION",
          "restriction_info.0.restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING",
          "restriction_info.0.expiration": "1",
        },
        BUSINESS,
      ),
    ],
  }),
  ...["account_alerts", "business_capability_update", "template_category_update", "security", "smb_app_state_sync"].map(
    (field) =>
      shape(field, {
        body: body(change(field, { detail: field })),
        events: [wa.account(NOW, field, { detail: field }, BUSINESS)],
      }),
  ),
];
