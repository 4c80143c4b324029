import { beforeEach, expect, test } from "vitest";
import { firestoreForTests } from "../conversations/testing/firestore.ts";
import type { GraphRead } from "../health/graph-reader.ts";
import { chooseTemplate } from "./choose.ts";
import { type SyncDeps, syncTemplates } from "./sync.ts";

const BUSINESS = "190000000000001";
const HOUR = 3_600_000;

const firestore = firestoreForTests();
let now: number;
let asked: string[];
let listed: object[];
let broken: GraphRead | undefined;
let deps: SyncDeps;

beforeEach(() => {
  now = Date.UTC(2026, 10, 23, 12);
  asked = [];
  broken = undefined;
  listed = [template("followup_48h"), template("pagamento", "R$ {{valor}}", { parameter_format: "NAMED" })];
  deps = {
    db: firestore.fresh(),
    now: () => now,
    // One a page, as Graph hands them out when there are many.
    graph: {
      get: async (path) => {
        asked.push(path);
        const start = Number(/after=(\d+)/.exec(path)?.[1] ?? 0);
        if (broken && start > 0) return broken;
        const paging = { cursors: { after: String(start + 1) }, ...(start + 1 < listed.length && { next: "more" }) };
        return { ok: true, body: { data: listed.slice(start, start + 1), paging } };
      },
    },
  };
});

function template(name: string, text = "Olá", changes: object = {}) {
  return {
    name,
    language: "pt_BR",
    status: "APPROVED",
    category: "UTILITY",
    components: [{ type: "BODY", text }],
    ...changes,
  };
}
const sync = () => syncTemplates(deps, BUSINESS, "exemplo");
const stored = async (id: string) => (await deps.db.doc(`templates/${id}_pt_BR`).get()).data();

test("every page is read, and what administrators added stays", async () => {
  await deps.db.doc("templates/followup_48h_pt_BR").set({ trigger: "followup_48h", parameters: [] });
  expect(await sync()).toEqual({ state: "written", templates: 2, written: 2, removed: 0 });
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatch(/^190000000000001\/message_templates\?fields=name,language,status,/);
  expect(await stored("followup_48h")).toMatchObject({ status: "APPROVED", body: "Olá", trigger: "followup_48h" });
  expect(await stored("pagamento")).toMatchObject({ variables: ["valor"], named: true, account: BUSINESS });
});

test("a list that did not change is written again only after hours", async () => {
  await sync();
  now += HOUR;
  expect(await sync()).toEqual({ state: "unchanged", templates: 2 });
  now += 6 * HOUR;
  expect(await sync()).toMatchObject({ state: "written" });
});

test("one that is gone is marked, not forgotten; another account's is left alone", async () => {
  await deps.db.doc("templates/outro_pt_BR").set({ name: "outro", status: "APPROVED", account: "999" });
  await sync();
  listed.shift();
  expect(await sync()).toMatchObject({ removed: 1 });
  expect(await stored("followup_48h")).toMatchObject({ status: "DELETED", body: "Olá" });
  expect(await stored("outro")).toMatchObject({ status: "APPROVED" });
});

test("half a list changes nothing", async () => {
  await sync();
  broken = { ok: false, code: 190, advice: "O token expirou." };
  listed = [template("novo"), template("outro")];
  expect(await sync()).toEqual({ state: "failed", code: 190, advice: "O token expirou." });
  expect(await stored("novo")).toBeUndefined();
  expect(await stored("followup_48h")).toMatchObject({ status: "APPROVED" });
});

test("a person's choice is filled, or told what is wrong", async () => {
  listed.push(
    template("imagem", "Olá", { components: [{ type: "HEADER", format: "IMAGE" }] }),
    template("parado", "Olá", { status: "PAUSED" }),
  );
  await sync();
  const choose = (name: string, ...parameters: string[]) =>
    chooseTemplate(deps.db, { name, language: "pt_BR", parameters });
  expect(await choose("pagamento", "10,00")).toEqual({
    state: "ready",
    text: "R$ 10,00",
    template: { name: "pagamento", language: "pt_BR", parameters: ["10,00"], names: ["valor"] },
  });
  expect(await choose("pagamento")).toEqual({ state: "parameters", variables: ["valor"] });
  expect(await choose("imagem")).toEqual({ state: "not_sendable", why: "header_media" });
  expect(await choose("parado")).toEqual({ state: "not_sendable", why: "PAUSED" });
  expect(await choose("nenhum")).toEqual({ state: "unknown" });
  expect(await choose("../users")).toEqual({ state: "unknown" });
});
