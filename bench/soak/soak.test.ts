import { describe, expect, test } from "vitest";
import { audit, type StoredMessage } from "./audit.ts";
import { phaseAt, planPhases } from "./phases.ts";
import { BURST, planTraffic } from "./traffic.ts";

describe("the traffic", () => {
  const planned = planTraffic({ messages: 1000, rate: 100, run: "123" });

  test("is as much as was asked for, on all channels, at a steady rate", () => {
    expect(planned).toHaveLength(1000);
    expect(planned.at(-1)?.dueMs).toBe(9990);
    expect(new Set(planned.map(({ channel }) => channel)).size).toBe(3);
    expect(new Set(planned.map(({ providerId }) => providerId)).size).toBe(1000);
  });

  test("brings each customer's burst within a second", () => {
    for (const messages of Map.groupBy(planned, ({ customer }) => customer).values()) {
      const [first, last] = [messages[0], messages[BURST - 1]];
      expect((last?.dueMs ?? 0) - (first?.dueMs ?? 0)).toBeLessThan(1000);
    }
  });
});

test("the phases fill the load, and the last goes on after it", () => {
  const phases = planPhases(200_000);
  expect(phases[0]?.fromMs).toBe(0);
  expect(phases.at(-1)?.toMs).toBe(200_000);
  expect(phaseAt(phases, 20_000).name).toBe("Firestore does not answer");
  expect(phaseAt(phases, 999_999)).toBe(phases.at(-1));
});

describe("the audit", () => {
  const planned = planTraffic({ messages: 10, rate: 100, run: "123" });
  const conversationId = `whatsapp_${planned[0]?.customer}`;
  const inbound: StoredMessage[] = planned.map(({ providerId, index }) => ({
    id: `in-${index}`,
    conversationId,
    byBot: false,
    providerId,
    committedAt: index,
  }));
  const bot = (id: string, committedAt: number): StoredMessage => ({ id, conversationId, byBot: true, committedAt });
  const sent = (correlation: string) => ({ to: "1", correlation });

  test("is content with one answer after the last message, sent once", () => {
    const result = audit(planned, [...inbound, bot("a", 4), bot("b", 100)], [sent("a"), sent("b")]);
    expect(result).toMatchObject({ stored: 10, lost: 0, storedTwice: 0, answered: 1, conversations: 1, sentTwice: [] });
  });

  test("sees what is lost", () => {
    const result = audit(planned, [...inbound.slice(1), bot("b", 100)], [sent("b")]);
    expect(result).toMatchObject({ stored: 9, lost: 1 });
  });

  test("sees a message that is stored twice", () => {
    const twice = { ...inbound[0], id: "again" } as StoredMessage;
    expect(audit(planned, [...inbound, twice, bot("b", 100)], [sent("b")]).storedTwice).toBe(1);
  });

  test("sees a missing answer, also one that was written and never left", () => {
    expect(audit(planned, [...inbound, bot("a", 4)], [sent("a")]).unanswered).toEqual([conversationId]);
    expect(audit(planned, [...inbound, bot("b", 100)], []).unanswered).toEqual([conversationId]);
  });

  test("sees two answers, and one answer sent twice", () => {
    const two = audit(planned, [...inbound, bot("b", 100), bot("c", 101)], [sent("b"), sent("c")]);
    expect(two.answeredTwice).toEqual([conversationId]);
    expect(audit(planned, [...inbound, bot("b", 100)], [sent("b"), sent("b")]).sentTwice).toEqual(["b"]);
  });
});
