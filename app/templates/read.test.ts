import { expect, test } from "vitest";
import { renderBody, templateId } from "./model.ts";
import { readTemplate, statusAfter } from "./read.ts";

const NOW = Date.UTC(2026, 10, 23, 12);
const body = (text: string) => ({ type: "BODY", text });
const read = (changes: object) =>
  readTemplate(
    { name: "oferta", language: "pt_BR", status: "APPROVED", components: [body("Olá")], ...changes },
    "190000000000001",
    NOW,
  )?.document;

test.each([
  [
    "numbers, in their own order",
    { components: [body("{{2}} de {{1}}, {{1}}")] },
    { variables: ["1", "2"], named: false },
  ],
  [
    "names, in the order of the text",
    { parameter_format: "NAMED", components: [body("{{valor}} até {{ dia }}")] },
    { variables: ["valor", "dia"], named: true },
  ],
  ["a plain header", { components: [{ type: "HEADER", format: "TEXT", text: "Oi" }] }, { obstacle: null, body: "" }],
  ["a picture on top", { components: [{ type: "HEADER", format: "IMAGE" }] }, { obstacle: "header_media" }],
  ["a header with a value", { components: [{ type: "HEADER", text: "Oi {{1}}" }] }, { obstacle: "header_variable" }],
  [
    "a button with a value",
    { components: [{ type: "BUTTONS", buttons: [{ type: "URL", url: "https://example.com/{{1}}" }] }] },
    { obstacle: "button_variable" },
  ],
  ["one that sends codes", { category: "AUTHENTICATION" }, { obstacle: "authentication", category: "AUTHENTICATION" }],
  [
    "Meta's word for nothing",
    { quality_score: { score: "UNKNOWN" }, rejected_reason: "NONE" },
    { quality: null, reason: null },
  ],
  ["a refusal", { status: "rejected", rejected_reason: "SCAM" }, { status: "REJECTED", reason: "SCAM" }],
  ["components of an odd kind", { components: "?" }, { body: "", variables: [] }],
])("%s", (_name, changes, expected) => {
  expect(read(changes)).toMatchObject(expected);
});

test.each([[null], [{}], [{ name: "Não/vale" }], [{ language: "../x" }], [{ status: 7 }]])(
  "%j is no template",
  (raw) => {
    expect(
      readTemplate(
        raw === null || Object.keys(raw).length === 0
          ? raw
          : { name: "a", language: "pt_BR", status: "APPROVED", ...raw },
        "1",
        NOW,
      ),
    ).toBeUndefined();
  },
);

test("the status after Meta's news", () => {
  expect(["APPROVED", "REINSTATED", "paused", "FLAGGED", ""].map(statusAfter)).toEqual([
    "APPROVED",
    "APPROVED",
    "PAUSED",
    undefined,
    undefined,
  ]);
});

test("what the customer reads; a value is never read as a place", () => {
  expect(renderBody("{{1}} e {{ 2 }}", ["1", "2"], ["{{2}}", "$&"])).toBe("{{2}} e $&");
  expect(renderBody("{{valor}}", ["valor"], [])).toBe("{{valor}}");
});

test("an id that Firestore takes", () => {
  expect(templateId("followup_48h", "pt_BR")).toBe("followup_48h_pt_BR");
  expect(templateId("a/b", "pt_BR")).toBeUndefined();
});
