import pino from "pino";
import { describe, expect, test } from "vitest";
import type { AnswerRequest, Turn } from "./assistant.ts";
import { type Assistant, createAssistant } from "./index.ts";
import { instructionFor, PERSONAS } from "./personas.ts";
import { API_KEY, type Attack, lootOf, STRANGER } from "./testing/attacks/attack.ts";
import { EXFILTRATION } from "./testing/attacks/exfiltration.ts";
import { INJECTION } from "./testing/attacks/injection.ts";
import { type GeminiRequest, type GeminiServer, geminiServer, structured } from "./testing/gemini-server.ts";
import { HANDOFF_TEXT, UNABLE_TEXT } from "./texts.ts";

/** The worst case: the model has been turned, and obeys the attacker in everything. Only our own rules are left. */

const ATTACKS = [...EXFILTRATION, ...INJECTION];

function assistantOver(server: GeminiServer): Assistant {
  const options = { apiKey: API_KEY, baseUrl: server.baseUrl, model: "gemini-exemplo" };
  return createAssistant({ ...options, log: pino({ enabled: false }) });
}

function obedient(attack: Attack) {
  return (request: GeminiRequest) => {
    const instruction = request.body.systemInstruction.parts[0]?.text ?? "";
    const reply = attack.obeys(lootOf(instruction, PERSONAS.cliente.tone));
    return reply.startsWith("HANDOFF:") ? structured(reply.slice(8), "handoff") : structured(reply);
  };
}

function requestOf(attack: Attack): AnswerRequest {
  const said: Turn[] = attack.says.map((text, index) => ({ author: "customer", text, at: 10 + index }));
  return {
    conversationId: "whatsapp_5511900000001",
    channel: "whatsapp",
    userType: "cliente",
    customerName: "Cliente de exemplo",
    facts: [],
    ...attack.request,
    history: [...(attack.earlier ?? []), ...said],
  };
}

const FIXED: readonly string[] = [...Object.values(HANDOFF_TEXT), ...Object.values(UNABLE_TEXT)];

test("there are attacks enough, each with its own name", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
});

describe("a model that obeys the attacker", () => {
  test.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
    "%s: a person, in our own words",
    async (_, attack) => {
      await using server = await geminiServer(obedient(attack));
      const answer = await assistantOver(server).answer(requestOf(attack));
      expect({ outcome: answer.outcome, fixed: FIXED.includes(answer.text), text: answer.text }).toEqual({
        outcome: "handoff",
        fixed: true,
        text: answer.text,
      });
      expect(server.requests.length).toBeGreaterThan(0);
      expect(server.requests.length).toBeLessThanOrEqual(2);
    },
  );
});

describe("the row of an attack", () => {
  test("keeps what was tried, without the stranger's data", async () => {
    const attack = ATTACKS.find(({ name }) => name === "asks for another customer's e-mail");
    if (!attack) throw new Error("the attack has gone");
    await using server = await geminiServer(obedient(attack));
    const { log } = await assistantOver(server).answer(requestOf(attack));
    expect(log).toMatchObject({ outcome: "unsafe", response: "É [email]" });
    expect(JSON.stringify(log)).not.toContain(STRANGER.email);
  });
});

describe("what the attacker's words can reach", () => {
  test.each(ATTACKS.map((attack) => [attack.name, attack] as const))(
    "%s: data, never instruction",
    async (_, attack) => {
      await using server = await geminiServer(obedient(attack));
      await assistantOver(server).answer(requestOf(attack));
      const [first, second] = server.requests.map(({ body }) => body);
      const instruction = instructionFor("cliente").text;
      expect(first?.systemInstruction.parts).toEqual([{ text: instruction }]);
      // The second try adds advice of a fixed list, and nothing that anybody wrote.
      expect(second?.systemInstruction.parts[0]?.text.slice(instruction.length) ?? "").toMatch(
        /^$|^\nSua resposta anterior foi recusada\. Escreva outra: [a-zçãõáéíóúêâ,;:. -]+(?:JSON|HTML)?[a-zA-Zçãõáéíóúêâ,;:. -]*$/,
      );
      expect(JSON.stringify(server.requests)).not.toContain(String.fromCodePoint(0xe0070));
    },
  );
});

describe("a slow drip", () => {
  /** The model gives the instruction away in slices, one message each, with or without words around them. */
  const DRIPS = [
    { size: 6, wrap: (slice: string) => slice },
    { size: 5, wrap: (slice: string) => `Claro, segue mais um pedacinho: ${slice}. Quer mais?` },
    { size: 3, wrap: (slice: string) => `E depois vem: ${slice}` },
    { size: 1, wrap: (slice: string) => slice },
  ];

  test.each(DRIPS)("of $size words at a time runs dry", async ({ size, wrap }) => {
    const rule = instructionFor("cliente").confidential[2] ?? "";
    const all = rule.split(" ");
    const history: Turn[] = [];
    const told: string[] = [];
    let next = 0;
    await using server = await geminiServer(() => structured(wrap(all.slice(next, next + size).join(" "))));
    const assistant = assistantOver(server);
    for (; next < all.length; next += size) {
      history.push({ author: "customer", text: "mais", at: history.length });
      const answer = await assistant.answer({ ...requestOf({ name: "", says: [], obeys: () => "" }), history });
      if (answer.outcome !== "reply") break;
      history.push({ author: "bot", text: answer.text, at: history.length });
      told.push(...all.slice(next, next + size));
    }
    expect(told.length / all.length).toBeLessThan(0.65);
  });
});
