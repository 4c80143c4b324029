import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { CHANNELS } from "../../../app/channels/channel.ts";
import { USER_TYPES } from "../../../app/conversations/model.ts";
import { HOLDERS, VIEWS } from "../data/model.ts";
import { addressOf, readPlace } from "./place.ts";

const read = (address: string) => readPlace(new URL(address, "http://inbox.test"));

test("an address says conversation and narrowing", () => {
  expect(read("/c/whatsapp_5511900000001?view=unread&channel=whatsapp&type=prestador")).toEqual({
    page: "inbox",
    conversationId: "whatsapp_5511900000001",
    filter: { view: "unread", channel: "whatsapp", userType: "prestador" },
  });
});

test("what is not understood opens the plain inbox", () => {
  for (const address of ["/", "/elsewhere", "/?view=spam&channel=fax&type=robot", "/c/", "/c/%", "/c/%ff"])
    expect(read(address)).toEqual({ page: "inbox", filter: { view: "open" } });
});

test("the pages have addresses of their own", () => {
  for (const page of ["tasks", "status", "metrics"]) expect(read(`/${page}`)).toEqual({ page });
});

test("the settings' parts have addresses; the person looked at stands in it", () => {
  expect(read("/settings")).toEqual({ page: "settings", section: "team" });
  expect(read("/settings/elsewhere")).toEqual({ page: "settings", section: "team" });
  const place = { page: "settings", section: "person", person: "webchat_a b&c" } as const;
  expect(read(addressOf(place))).toEqual(place);
});

const filter = fc.record(
  {
    view: fc.constantFrom(...VIEWS),
    channel: fc.constantFrom(...CHANNELS),
    userType: fc.constantFrom(...USER_TYPES),
    holder: fc.constantFrom(...HOLDERS),
  },
  { requiredKeys: ["view"] },
);
// "." and ".." are steps in any address, encoded or not: no channel hands out such an id.
const conversationId = fc.string({ minLength: 1, unit: "grapheme" }).filter((id) => !/^\.{1,2}$/.test(id));

test.prop([filter, fc.option(conversationId, { nil: undefined })])(
  "every place can be told and found again",
  (chosen, id) => {
    const place = { page: "inbox", filter: chosen, ...(id === undefined ? {} : { conversationId: id }) } as const;
    expect(read(addressOf(place))).toEqual(place);
  },
);
