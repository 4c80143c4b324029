import type { Shape } from "./shape.ts";
import { body, change, PHONE, seconds, shape, status, statusBody, value, wa } from "./whatsapp-bodies.ts";

const PRICING = { billable: true, pricing_model: "PMP", type: "regular", category: "service" };

/** How far our messages got. */
export const WHATSAPP_STATUSES: readonly Shape[] = [
  status(
    "sent",
    201,
    { id: "wamid.out1", status: "sent", pricing: PRICING, biz_opaque_callback_data: "out-1" },
    { providerId: "wamid.out1", status: "sent", correlation: "out-1" },
  ),
  status(
    "delivered",
    202,
    { id: "wamid.out1", status: "delivered", pricing: PRICING },
    { providerId: "wamid.out1", status: "delivered" },
  ),
  status("read", 203, { id: "wamid.out1", status: "read" }, { providerId: "wamid.out1", status: "read" }),
  status("played", 204, { id: "wamid.out2", status: "played" }, { providerId: "wamid.out2", status: "read" }),
  status(
    "failed: window closed",
    205,
    {
      id: "wamid.out3",
      status: "failed",
      errors: [
        {
          code: 131047,
          title: "Re-engagement message",
          message: "Re-engagement message",
          error_data: { details: "More than 24 hours have passed" },
          href: "https://example",
        },
      ],
    },
    { providerId: "wamid.out3", status: "failed", error: { code: 131047, title: "More than 24 hours have passed" } },
  ),
  status(
    "failed without an error",
    206,
    { id: "wamid.out4", status: "failed", errors: [] },
    { providerId: "wamid.out4", status: "failed" },
  ),
  shape("failed because the customer stopped marketing: an opt-out as well", {
    body: statusBody(213, {
      id: "wamid.out10",
      status: "failed",
      recipient_id: "5511900000050",
      errors: [{ code: 131050, title: "User has stopped marketing messages" }],
    }),
    events: [
      wa.status(213, {
        customer: "5511900000050",
        providerId: "wamid.out10",
        status: "failed",
        error: { code: 131050, title: "User has stopped marketing messages" },
      }),
      { ...wa.preference(213, { optOut: true }), customer: "5511900000050" },
    ],
  }),
  status(
    "to a hidden number",
    207,
    { id: "wamid.out5", status: "delivered", recipient_id: undefined, recipient_user_id: "BR.Hidden1" },
    { customer: "BR.Hidden1", providerId: "wamid.out5", status: "delivered" },
  ),
  status(
    "of a free entry point, with its conversation",
    208,
    { id: "wamid.out6", status: "sent", conversation: { id: "C1", origin: { type: "referral_conversion" } } },
    { providerId: "wamid.out6", status: "sent" },
  ),
  shape("a status of the future is kept raw", {
    body: statusBody(209, { id: "wamid.out7", status: "warped" }),
    events: [
      wa.unknown("status_unknown", {
        timestamp: seconds(209),
        recipient_id: PHONE,
        id: "wamid.out7",
        status: "warped",
      }),
    ],
  }),
  shape("a status without a recipient is kept raw", {
    body: statusBody(210, { id: "wamid.out8", status: "sent", recipient_id: null }),
    events: [
      wa.unknown("no_recipient", { timestamp: seconds(210), recipient_id: null, id: "wamid.out8", status: "sent" }),
    ],
  }),
  shape("several statuses in one value", {
    body: body(
      change(
        "messages",
        value({
          statuses: [
            { id: "wamid.out9", status: "delivered", timestamp: seconds(211), recipient_id: PHONE },
            { id: "wamid.out9", status: "sent", timestamp: seconds(212), recipient_id: PHONE },
          ],
        }),
      ),
    ),
    events: [
      wa.status(211, { providerId: "wamid.out9", status: "delivered" }),
      wa.status(212, { providerId: "wamid.out9", status: "sent" }),
    ],
  }),
];
