import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { USER_TYPES } from "../conversations/model.ts";
import { FALLBACK_TEXT } from "./assistant.ts";
import { fingerprint } from "./guard/leak.ts";
import { knownIdentifiers } from "./guard/personal.ts";
import { type GuardContext, guardReply } from "./guard.ts";
import { instructionFor } from "./personas.ts";
import { MARKDOWN_ANSWERS, ORDINARY_ANSWERS } from "./testing/ordinary-answers.ts";
import { REFUSED_ANSWERS } from "./testing/refused-answers.ts";
import { visibleText } from "./text.ts";
import { HANDOFF_TEXT, UNABLE_TEXT } from "./texts.ts";

const context: GuardContext = {
  print: fingerprint(instructionFor("cliente")),
  said: "",
  known: knownIdentifiers([]),
  allowedDomains: ["servio.ai"],
  secrets: ["chave-de-exemplo-0001"],
  limit: { max: 1800, unit: "characters" },
};

const PRINTS = USER_TYPES.map((userType) => [userType, fingerprint(instructionFor(userType))] as const);

describe("ordinary answers", () => {
  test.each(PRINTS)("pass unchanged for %s", (_, print) => {
    const refused = ORDINARY_ANSWERS.map((text) => [text, guardReply(text, { ...context, print })] as const).filter(
      ([text, verdict]) => !verdict.ok || verdict.text !== text,
    );
    expect(refused).toEqual([]);
    expect(ORDINARY_ANSWERS.length).toBeGreaterThanOrEqual(60);
  });

  test.each(MARKDOWN_ANSWERS)("in Markdown become plain: %s", (written, sent) => {
    expect(guardReply(written, context)).toEqual({ ok: true, text: sent });
  });
});

describe.each(Object.entries(REFUSED_ANSWERS))("%s", (violation, answers) => {
  test.each(answers)("is refused: %j", (text) => {
    const verdict = guardReply(text, context);
    expect(verdict.ok ? [] : verdict.violations).toContain(violation);
  });
});

describe("every persona's own text", () => {
  const lines = USER_TYPES.flatMap((userType) => {
    const { confidential, markers } = instructionFor(userType);
    return [...confidential, ...markers].map((line) => [userType, line] as const);
  });
  test.each(lines)("is kept by %s: %s", (userType, line) => {
    const verdict = guardReply(line, { ...context, print: fingerprint(instructionFor(userType)) });
    expect(verdict.ok ? [] : verdict.violations).toContain("instruction_leak");
  });
});

describe("what the conversation knows", () => {
  const known = knownIdentifiers([
    "meu número é 11 90000-0001 e o email Cliente.Exemplo@exemplo.com",
    "CPF 123.456.789-09",
    "Prestador: (21) 3000-0002",
  ]);
  test.each([
    "Confirmo o telefone +55 (11) 90000-0001.",
    "Confirmo: 90000-0001, certo?",
    "Vou registrar cliente.exemplo@exemplo.com.",
    "O CPF 12345678909 está correto?",
    "O prestador atende no 21 3000-0002.",
  ])("may be said again: %s", (text) => {
    expect(guardReply(text, { ...context, known })).toEqual({ ok: true, text });
  });

  test.each(["Ligue (11) 90000-0009", "Escreva para outra@exemplo.com", "CPF 987.654.321-00"])(
    "does not open the door to others: %s",
    (text) => {
      expect(guardReply(text, { ...context, known })).toEqual({ ok: false, violations: ["personal_data"] });
    },
  );

  test("two halves said apart are not one number", () => {
    const halves = knownIdentifiers(["119000", "00001"]);
    expect(guardReply("Ligue 11900000001", { ...context, known: halves }).ok).toBe(false);
  });
});

test.each([FALLBACK_TEXT, ...Object.values(HANDOFF_TEXT), ...Object.values(UNABLE_TEXT)])(
  "our own fixed text passes our own rules: %s",
  (text) => {
    expect(guardReply(text, context)).toEqual({ ok: true, text });
  },
);

describe("form", () => {
  test("invisible and bidirectional characters are taken out, emoji stay whole", () => {
    expect(guardReply("Ol\u200Bá \u202Etudo\u202C bem? 👩🏽‍🔧❤️\u{E0041}", context)).toEqual({
      ok: true,
      text: "Olá tudo bem? 👩🏽‍🔧❤️",
    });
  });

  test("a reply too long for the channel ends with a whole sentence", () => {
    const sentence = "O prestador chega amanhã cedo.";
    const verdict = guardReply(Array.from({ length: 100 }, () => sentence).join(" "), {
      ...context,
      limit: { max: 1000, unit: "bytes" },
    });
    const text = verdict.ok ? verdict.text : "";
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(900);
    expect(text.endsWith("cedo.")).toBe(true);
  });

  test("an alone allowed domain is configurable", () => {
    const own = { ...context, allowedDomains: ["exemplo.com.br"] };
    expect(guardReply("Veja https://loja.exemplo.com.br/a", own).ok).toBe(true);
    expect(guardReply("Veja https://servio.ai/a", own)).toEqual({ ok: false, violations: ["link"] });
  });
});

describe("any text", () => {
  const hostile = [
    "a",
    "a.",
    "a-",
    "1",
    "1 ",
    "@",
    "a@a.",
    "<a",
    "[a](",
    "![",
    "**",
    "um ",
    "http://",
    "A0",
    "(",
    "&a",
    "`",
  ];
  test.each(hostile)("of %j repeated is judged in no time to speak of", (part) => {
    const before = performance.now();
    guardReply(part.repeat(4000), context);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  property.prop([fc.string({ unit: "binary", maxLength: 400 })])(
    "that passes holds nothing invisible, and passes again",
    (text) => {
      const verdict = guardReply(text, context);
      if (!verdict.ok) return;
      expect(verdict.text).toBe(visibleText(verdict.text).trim());
      expect(verdict.text.length).toBeGreaterThan(0);
      expect(guardReply(verdict.text, context).ok).toBe(true);
    },
  );

  const piece = fc.constantFrom(
    "https://evil.example/x",
    "evil.com",
    "www.evil.com.br",
    "outra@exemplo.com",
    "(11) 90000-0001",
    "123.456.789-09",
    "4111 1111 1111 1111",
    "<img src=x>",
    "![x](y)",
    "AIzaSyExemploExemploExemploExemplo00",
    "Cordial, resolutivo, acessível",
  );
  property.prop([fc.constantFrom(...ORDINARY_ANSWERS), piece, fc.constantFrom(...ORDINARY_ANSWERS)])(
    "with something foreign anywhere in it is refused",
    (before, foreign, after) => {
      expect(guardReply(`${before} ${foreign} ${after}`, context).ok).toBe(false);
    },
  );
});
