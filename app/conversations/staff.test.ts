import { Timestamp } from "firebase-admin/firestore";
import { expect, test } from "vitest";
import { type StaffAction, staffFields } from "./staff.ts";

const NOW = 1_800_000_000_000;
const time = Timestamp.fromMillis(NOW);
const settled = { awaitingReply: false, answeredCount: 4, needsPerson: false, updatedAt: time };

test.each<[StaffAction, Parameters<typeof staffFields>[1], unknown]>([
  [{ type: "assign", assignee: null }, {}, { assignedTo: null, updatedAt: time }],
  [{ type: "read" }, {}, { unread: 0 }],
  [
    { type: "snooze", until: NOW + 60_000 },
    {},
    { snooze: { until: Timestamp.fromMillis(NOW + 60_000), at: time, by: "me" }, updatedAt: time },
  ],
  [{ type: "snooze", until: null }, {}, { snooze: null, updatedAt: time }],
  [{ type: "mode", mode: "human" }, { inboundCount: 4 }, { ...settled, mode: "human", assignedTo: "me" }],
  [
    { type: "mode", mode: "human" },
    { inboundCount: 4, assignedTo: "other" },
    { ...settled, mode: "human", assignedTo: "other" },
  ],
  [
    { type: "mode", mode: "bot" },
    { inboundCount: 4, assignedTo: "me" },
    { ...settled, mode: "bot", assignedTo: null, botSince: time, waitingSince: null },
  ],
  [
    { type: "close" },
    { inboundCount: 4, mode: "human", assignedTo: "me" },
    {
      ...settled,
      status: "closed",
      mode: "bot",
      assignedTo: null,
      botSince: time,
      unread: 0,
      snooze: null,
      session: null,
      waitingSince: null,
      followUp: null,
      openTasks: [],
      beforeClose: { mode: "human", assignedTo: "me" },
    },
  ],
  [
    { type: "reopen" },
    { beforeClose: { mode: "human", assignedTo: "me" } },
    { mode: "human", assignedTo: "me", beforeClose: null, status: "active", updatedAt: time },
  ],
  [{ type: "reopen" }, {}, { beforeClose: null, status: "active", updatedAt: time }],
])("%o on %o", (action, conversation, expected) => {
  expect(staffFields(action, conversation, "me", NOW)).toEqual(expected);
});
