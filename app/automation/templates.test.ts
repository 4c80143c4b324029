import { beforeEach, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import { fillTemplate, readTemplates } from "./templates.ts";
import { createStage, type Stage } from "./testing/stage.ts";

const firestore = firestoreForTests();
let stage: Stage;
beforeEach(() => {
  stage = createStage(firestore.fresh());
});

const SYNCED = { channel: "whatsapp", language: "pt_BR", status: "APPROVED", obstacle: null, named: false };
const chosen = async () => (await readTemplates(stage.db, ["followup_pagamento"])).get("followup_pagamento");

test("a template that bears the trigger's name serves it", async () => {
  await stage.put("templates/followup_pagamento_pt_BR", { ...SYNCED, name: "followup_pagamento", variables: ["1"] });
  expect(await chosen()).toMatchObject({ name: "followup_pagamento", variables: ["1"] });
});

test("one that an administrator has assigned goes before it", async () => {
  await stage.put("templates/followup_pagamento_pt_BR", { ...SYNCED, name: "followup_pagamento", variables: ["1"] });
  await stage.put("templates/cobranca_pt_BR", {
    ...SYNCED,
    name: "cobranca",
    trigger: "followup_pagamento",
    variables: ["1"],
    parameters: ["valor"],
  });
  expect(await chosen()).toMatchObject({ name: "cobranca", parameters: ["valor"] });
});

test("what Meta was last heard to say counts, wherever the assignment stands", async () => {
  const assignment = { trigger: "followup_pagamento", name: "cobranca", language: "pt_BR", status: "APPROVED" };
  await stage.put("templates/minha-escolha", assignment);
  expect(await chosen()).toMatchObject({ name: "cobranca" });
  await stage.put("templates/cobranca_pt_BR", { ...SYNCED, name: "cobranca", status: "PAUSED" });
  expect(await chosen()).toBeUndefined();
});

test.each([
  ["paused", { status: "PAUSED" }],
  ["with a picture on top", { obstacle: "header_media" }],
  ["without a name", { name: "" }],
])("one that is %s is none", async (_why, change) => {
  await stage.put("templates/x", { ...SYNCED, name: "x", trigger: "followup_pagamento", variables: [], ...change });
  expect(await chosen()).toBeUndefined();
});

const base = { name: "t", language: "pt_BR" };
test.each([
  ["no places", { variables: [] }, { valor: "10" }, []],
  ["by place: the message's values in their order", { variables: ["1"] }, { valor: "10" }, ["10"]],
  ["more places than values", { variables: ["1", "2"] }, { valor: "10" }, undefined],
  ["an empty value", { variables: ["1"] }, { valor: "" }, undefined],
  ["as an administrator chose", { variables: ["1", "2"], parameters: ["b", "a"] }, { a: "1", b: "2" }, ["2", "1"]],
  ["a choice that does not fit", { variables: ["1"], parameters: [] }, { a: "1" }, undefined],
  ["by name", { variables: ["b"], named: true }, { a: "1", b: "2" }, ["2"]],
  ["a name that the message does not know", { variables: ["cupom"], named: true }, { a: "1" }, undefined],
  ["nothing known of its places", {}, { a: "1" }, []],
])("filled: %s", (_name, template, values, expected) => {
  expect(fillTemplate({ ...base, ...template }, values as unknown as Record<string, string>)?.parameters).toEqual(
    expected,
  );
});

test("names travel with the values that Meta wants by name", () => {
  const filled = fillTemplate({ ...base, variables: ["valor"], named: true }, { valor: "10,00" });
  expect(filled).toEqual({ ...base, parameters: ["10,00"], names: ["valor"] });
});
