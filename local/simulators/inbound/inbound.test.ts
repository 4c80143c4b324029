import { describe, expect, test } from "vitest";
import { type ChannelEvent, createParsers, type MetaChannelName } from "../../../app/channels/index.ts";
import { stage } from "../testing.ts";

/**
 * Each thing a customer can do, and what the app's own parser makes of it: two readings of Meta's documentation, held
 * against each other.
 */
const EXPECTED: Readonly<Record<MetaChannelName, Readonly<Record<string, string>>>> = {
  whatsapp: {
    text: "in text",
    image: "in image",
    video: "in video",
    audio: "in audio",
    voice: "in audio",
    document: "in document",
    sticker: "in sticker",
    location: "in location",
    contacts: "in contacts",
    button_reply: "in interactive",
    list_reply: "in interactive",
    flow_reply: "in interactive",
    template_button: "in interactive",
    reaction: "reaction 👍",
    reaction_removed: "reaction ",
    edit: "edit first",
    revoke: "deletion first",
    order: "in order",
    ad_referral: "in text referral",
    product_question: "in text referral",
    forwarded: "in text",
    unsupported: "in unsupported",
    request_welcome: "in system",
    future: "in unsupported",
    echo: "echo text",
    number_changed: "in system",
    user_id_changed: "in system",
    opt_out: "preference true",
    opt_in: "preference false",
    account_error: "account errors",
    account_update: "account account_update",
    account_alert: "account account_alerts",
    template_status: "account message_template_status_update",
    template_quality: "account message_template_quality_update",
    template_category: "account template_category_update",
    phone_quality: "account phone_number_quality_update",
    capability_update: "account business_capability_update",
    security: "account security",
    call: "in unsupported",
    call_ended: "unknown call_event",
    history: "in text standby, echo text standby",
    history_declined: "account history",
  },
  facebook: {
    text: "in text",
    image: "in image",
    video: "in video",
    audio: "in audio",
    file: "in document",
    quick_reply: "in interactive",
    postback: "in postback",
    ad_referral: "in text referral",
    referral: "in referral referral",
    link_referral: "in referral referral",
    reaction: "reaction ❤️",
    reaction_removed: "reaction ",
    edit: "edit first",
    echo: "echo text",
    standby: "in text standby",
    standby_postback: "in postback standby",
    sticker: "in sticker",
    like: "in sticker",
    share: "in share",
    location: "in location",
    text_in_seconds: "in text",
    delivery: "watermark delivered",
    read: "watermark read",
    optin: "preference false",
    pass_thread_control: "account pass_thread_control",
    take_thread_control: "account take_thread_control",
    request_thread_control: "account request_thread_control",
    policy_enforcement: "account policy_enforcement",
    account_linking: "account account_linking",
    app_roles: "account app_roles",
  },
  instagram: {
    text: "in text",
    image: "in image",
    video: "in video",
    audio: "in audio",
    file: "in document",
    quick_reply: "in interactive",
    postback: "in postback",
    ad_referral: "in text referral",
    referral: "in referral referral",
    link_referral: "in referral referral",
    reaction: "reaction ❤️",
    reaction_removed: "reaction ",
    edit: "edit first",
    echo: "echo text",
    standby: "in text standby",
    standby_postback: "in postback standby",
    like: "in sticker",
    share: "in share",
    post: "in share",
    reel: "in share",
    story: "in share",
    story_reply: "in story_reply",
    story_mention: "in story_mention",
    ephemeral: "in unsupported",
    unsupported: "in unsupported",
    unsupported_attachment: "in unsupported",
    unsend: "deletion first",
    seen: "status read",
    dashboard_test: "in text",
  },
};
const FROM = { whatsapp: "5511900000001", facebook: "2400000000000001", instagram: "17800000000000001" };

describe.each(Object.keys(EXPECTED) as MetaChannelName[])("%s", (channel) => {
  test("every type there is, is in the table", async () => {
    await using s = await stage({ connect: false });
    expect(s.simulators.state().types[channel].toSorted()).toEqual(Object.keys(EXPECTED[channel]).toSorted());
  });

  test("the app reads each as what it is", async () => {
    await using s = await stage();
    const read = createParsers()[channel];
    const seen: Record<string, string> = {};
    for (const type of Object.keys(EXPECTED[channel])) {
      const from = `${FROM[channel]}${type.length}`;
      await s.control("POST", "messages", { channel, from, type: "text", id: "first" });
      await s.control("POST", "messages", { channel, from, type: "echo", id: "ours" });
      const before = s.app.delivered.length;
      await s.control("POST", "messages", { channel, from, type });
      const delivered = s.app.delivered[before];
      expect(delivered?.isSigned).toBe(true);
      seen[type] = read(delivered?.body).map(summary).join(", ");
    }
    expect(seen).toEqual(EXPECTED[channel]);
  });
});

function summary(event: ChannelEvent): string {
  switch (event.type) {
    case "message": {
      const marks = [event.referral && "referral", event.standby && "standby"].filter(Boolean);
      return [event.direction, event.kind, ...marks].join(" ");
    }
    case "reaction":
      return `reaction ${event.emoji}`;
    case "edit":
    case "deletion":
      return `${event.type} ${event.target}`;
    case "preference":
      return `preference ${event.optOut}`;
    case "account":
      return `account ${event.field}`;
    default:
      return `${event.type} ${"status" in event ? event.status : event.reason}`;
  }
}

test("own fields lie over Meta's; a reply names the message it answers", async () => {
  await using s = await stage();
  const fields = { identity_key_hash: "abc" };
  await s.control("POST", "messages", { channel: "whatsapp", from: "551190", replyTo: "wamid.1", fields });
  expect(JSON.stringify(s.app.delivered[0]?.body)).toMatch(
    /"context":\{"from":"\d+","id":"wamid.1"\},"identity_key_hash":"abc"/,
  );
});

test("what needs a message says so when there is none", async () => {
  await using s = await stage();
  const answer = await s.control("POST", "messages", { channel: "whatsapp", from: "551190", type: "edit" });
  expect(answer).toMatchObject({ status: 409, body: { code: "no_target" } });
});

test("a customer who hides the number is told and answered by the business-scoped id", async () => {
  await using s = await stage();
  const [from, bsuid] = ["5511900000001", "BR.1A2b3C"];
  await s.control("POST", "messages", { channel: "whatsapp", from, bsuid, hidePhone: true, text: "Olá" });
  expect(s.app.delivered[0]?.raw).not.toContain(from);
  const body = { messaging_product: "whatsapp", recipient: bsuid, type: "text", text: { body: "Claro!" } };
  expect((await s.graph("v26.0/106540000000001/messages", body)).status).toBe(200);
  await s.app.webhook(2);
  expect(s.app.delivered[1]?.raw).toContain(`"recipient_user_id":"${bsuid}"`);
  expect(await s.sent(`?to=${from}`)).toMatchObject([{ to: from, address: bsuid }]);
});

test("a reaction does not open the 24-hour window", async () => {
  await using s = await stage();
  await s.control("POST", "messages", { channel: "whatsapp", from: FROM.whatsapp, text: "Olá" });
  s.advance(25 * 3_600_000);
  await s.control("POST", "messages", {
    channel: "whatsapp",
    from: FROM.whatsapp,
    type: "reaction",
    target: "wamid.x",
  });
  const body = { messaging_product: "whatsapp", to: FROM.whatsapp, type: "text", text: { body: "Olá" } };
  expect((await s.graph("v26.0/106540000000001/messages", body)).body.error?.code).toBe(131047);
});
