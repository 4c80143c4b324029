import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { USER_TYPES } from "../../conversations/model.ts";
import type { Answer } from "../assistant.ts";
import { geminiServer, structured } from "../testing/gemini-server.ts";
import type { EvaluationCase } from "./case.ts";
import { CASES } from "./cases.ts";
import { evaluate, scores } from "./evaluate.ts";
import { faultsOf } from "./score.ts";

const LOG = {
  prompt: "",
  response: "",
  model: "m",
  promptTokens: 10,
  responseTokens: 4,
  latencyMs: 7,
  outcome: "reply",
} as const;

function replying(text: string, outcome: "reply" | "handoff" = "reply"): Answer {
  return outcome === "reply"
    ? { outcome, text, language: "pt", log: LOG }
    : { outcome, text, reason: "", language: "pt", log: LOG };
}

describe("the set", () => {
  test("has a hundred cases, each with its own name, and a share for every persona and language", () => {
    expect(CASES.length).toBe(100);
    expect(new Set(CASES.map(({ id }) => id)).size).toBe(100);
    for (const userType of USER_TYPES) {
      for (const language of ["pt", "en", "es"] as const) {
        const share = CASES.filter((one) => one.userType === userType && one.language === language);
        expect(share.length).toBeGreaterThanOrEqual(5);
      }
    }
  });

  test("can be failed and passed: every case asks for something", () => {
    const empty = CASES.filter((one) => (one.must ?? []).length + (one.avoid ?? []).length === 0);
    expect(empty).toEqual([]);
    const blank = CASES.filter((one) => one.must !== undefined && faultsOf(one, replying("…")).length === 0);
    expect(blank).toEqual([]);
  });

  test("what must be there is written as it is compared: without accents, in lower case", () => {
    const words = CASES.flatMap(({ must = [] }) => must.flat());
    expect(words.filter((word) => !/^[a-z0-9' ]+$/.test(word))).toEqual([]);
  });
});

describe("judging", () => {
  const one: EvaluationCase = {
    id: "x",
    userType: "cliente",
    language: "pt",
    says: ["oi"],
    must: [["orçamento".normalize("NFD").replace(/\p{M}/gu, "")], ["prestador", "equipe"]],
    avoid: ["golpe", /r\$ ?\d/],
  };
  test.each([
    ["Peça um ORÇAMENTO ao prestador, por favor.", []],
    ["Peça um orçamento, por favor.", ["lacks prestador|equipe"]],
    ["O orçamento do prestador é R$ 10, não é golpe.", ["holds golpe", "holds /r\\$ ?\\d/"]],
    ["Please ask the prestador for an orcamento, thank you.", ["language en"]],
  ])("%s", (text, faults) => {
    expect(faultsOf(one, replying(text))).toEqual(faults);
  });

  test("a hand-off where an answer was wanted, and the other way round", () => {
    const text = "Peça um orçamento ao prestador.";
    expect(faultsOf(one, replying(text, "handoff"))).toEqual(["outcome handoff"]);
    expect(faultsOf({ ...one, outcome: "handoff" }, replying(text))).toEqual(["outcome reply"]);
    expect(faultsOf({ ...one, outcome: "either" }, replying(text, "handoff"))).toEqual([]);
  });

  test("no answer at all is a fault by its failure's name", () => {
    const answer: Answer = { outcome: "fallback", text: "x", failure: "quota", language: "pt", log: LOG };
    expect(faultsOf(one, answer)).toEqual(["outcome quota"]);
  });
});

test("a run asks every case once and adds up by persona and language", async () => {
  const asked: string[] = [];
  const assistant = {
    answer: async ({ conversationId }: { conversationId: string }) => {
      asked.push(conversationId);
      return replying("Olá! Posso ajudar?");
    },
  };
  const table = scores(await evaluate(assistant, CASES, 7));
  expect(new Set(asked).size).toBe(100);
  expect(table.map(({ name, cases }) => [name, cases])).toContainEqual(["all", 100]);
  expect(table.find(({ name }) => name === "admin")).toMatchObject({
    promptTokens: 10,
    responseTokens: 4,
    latencyMs: 7,
  });
});

describe("the command", () => {
  const run = promisify(execFile);
  const script = fileURLToPath(new URL("../../../local/cli/evaluate.ts", import.meta.url));
  const exit = async (env: Record<string, string>) => {
    const path = { PATH: process.env.PATH ?? "" };
    try {
      return { code: 0, ...(await run(process.execPath, [script], { env: { ...path, ...env } })) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };

  test("without a key asks the simulator, and tells what each persona, language and answer came to", async () => {
    const { code, stdout } = await exit({});
    expect(code).toBe(0);
    for (const name of ["cliente", "prestador", "prospector", "admin", "pt", "en", "es", "all"]) {
      expect(stdout).toMatch(new RegExp(`^${name} +\\d+/\\d+ +\\d+ % +\\d+ +\\d+ +\\d+$`, "m"));
    }
  });

  test("a setting that is none ends it with 2 and its name", async () => {
    const { code, stderr } = await exit({ GEMINI_API_KEY: "chave-de-exemplo", EVALUATION_THRESHOLD: "much" });
    expect(code).toBe(2);
    expect(stderr).toContain("EVALUATION_THRESHOLD");
  });

  test("fails under the threshold, and passes above it", async () => {
    await using server = await geminiServer(() => structured("Olá! Como posso ajudar?"));
    const env = { GEMINI_API_KEY: "chave-de-exemplo", GEMINI_BASE_URL: server.baseUrl, EVALUATION_TOGETHER: "20" };
    const low = await exit({ ...env, EVALUATION_THRESHOLD: "0.01" });
    expect(low.stdout).toMatch(/^cliente +\d+\/26/m);
    expect(low.stdout).toContain("gemini-3.5-flash-lite:");
    expect(low.code).toBe(0);
    expect((await exit({ ...env, EVALUATION_THRESHOLD: "0.9" })).code).toBe(1);
  });
});
