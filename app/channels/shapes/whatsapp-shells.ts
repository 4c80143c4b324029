import { ACCOUNT, NOW, type Shape } from "./shape.ts";
import { BUSINESS, body, CONTACTS, change, PHONE, seconds, shape, value, wa } from "./whatsapp-bodies.ts";

/** Calls, and wrappings with nothing or nonsense in them. */
export const WHATSAPP_SHELLS: readonly Shape[] = [
  shape("a call", {
    body: body(
      change(
        "calls",
        value({
          contacts: CONTACTS,
          calls: [
            {
              id: "wacid.1",
              from: PHONE,
              to: "15550000001",
              event: "connect",
              direction: "USER_INITIATED",
              timestamp: seconds(125),
            },
          ],
        }),
      ),
    ),
    events: [wa.said(125, { providerId: "wacid.1", kind: "unsupported" })],
  }),
  shape("the end of a call is kept raw", {
    body: body(
      change("calls", value({ calls: [{ id: "wacid.1", from: PHONE, event: "terminate", timestamp: seconds(126) }] })),
    ),
    events: [wa.unknown("call_event", { id: "wacid.1", from: PHONE, event: "terminate", timestamp: seconds(126) })],
  }),
  shape("an empty value", {
    body: body(change("messages", value({}))),
    events: [wa.unknown("change_empty", change("messages", value({})), NOW, BUSINESS)],
  }),
  shape("an unknown field", {
    body: body(change("holograms", { a: 1 })),
    events: [wa.unknown("field:holograms", change("holograms", { a: 1 }), NOW, BUSINESS)],
  }),
  shape("a change without a value", {
    body: body({ field: "messages" }),
    events: [wa.unknown("shape:value", { field: "messages" }, NOW, BUSINESS)],
  }),
  shape("an entry without changes", {
    body: body(),
    events: [wa.unknown("entry_empty", { id: BUSINESS, changes: [] }, NOW, BUSINESS)],
  }),
  shape("an object of another product", {
    body: { object: "permissions", entry: [] },
    events: [wa.unknown("object_not_expected", { object: "permissions", entry: [] }, NOW, "")],
  }),
  shape("no entries", {
    body: { object: "whatsapp_business_account", entry: [] },
    events: [wa.unknown("envelope_empty", { object: "whatsapp_business_account", entry: [] }, NOW, "")],
  }),
  shape("no object at all", {
    body: "hello",
    events: [{ ...wa.unknown("envelope_not_understood", "", NOW, ""), raw: "hello" }],
  }),
  shape("an account's error", {
    body: body(
      change(
        "messages",
        value({ errors: [{ code: 130429, title: "Rate limit hit", error_data: { details: "Too many" } }] }),
      ),
    ),
    events: [
      wa.account(
        NOW,
        "errors",
        { code: "130429", title: "Rate limit hit", "error_data.details": "Too many" },
        ACCOUNT.whatsapp,
      ),
    ],
  }),
];
