// @vitest-environment happy-dom

import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CannedResponse, TemplateState } from "../data/model.ts";
import { ConfigContext } from "../shell/config-context.ts";
import { NOON } from "../testing/examples.ts";
import { fakeInbox, ME } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import SettingsPage from "./settings-page.tsx";

const ADMIN = { ...ME, role: "admin" } as const;
const CONFIG = { projectId: "demo", apiKey: "key", authDomain: "demo.example.com", environment: "dev" };
const HOURS: CannedResponse = { id: "a1", shortcut: "horario", text: "Das 8 às 18 h, {{contact.first_name}}." };

type Answers = Readonly<Record<string, (body: unknown) => Response>>;
let asked: [string, unknown][];

beforeEach(() => {
  asked = [];
});
afterEach(() => vi.unstubAllGlobals());

interface Opened {
  readonly answers?: Answers;
  readonly role?: "agent" | "admin";
  readonly canned?: readonly CannedResponse[];
  readonly templates?: readonly TemplateState[];
}

/** The page at an address; the API answers by `METHOD path`, and what it is asked is kept. */
function open(section: string, { answers = {}, role = "admin", canned = [HOURS], templates = [] }: Opened = {}): void {
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    const name = `${init.method ?? "GET"} ${path.replace("/api/omni/admin/", "")}`;
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    asked.push([name, body]);
    return answers[name]?.(body) ?? Response.json({ code: "not_found" }, { status: 404 });
  });
  window.history.replaceState(null, "", `/settings/${section}`);
  const { around } = fakeInbox({ canned, templates, me: { ...ADMIN, role } });
  show(<ConfigContext value={CONFIG}>{around(<SettingsPage />)}</ConfigContext>);
}

const problem = (status: number, code: string) => () => Response.json({ code, detail: "For developers." }, { status });
const type = (label: string | RegExp, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole("button", { name }));

test("an agent is told whose page it is, and nothing is asked", () => {
  open("team", { role: "agent" });
  expect(screen.getByText("Só para quem administra")).toBeTruthy();
  expect(asked).toEqual([]);
});

const COLLEAGUE = { uid: "uid-2", email: "colega@example.com", name: "Colega de Exemplo", role: "agent" };
const STAFF = () =>
  Response.json({ staff: [{ uid: ME.person.uid, email: ME.person.email, role: "admin" }, COLLEAGUE] });

test("a new colleague comes with the link for the password, shown until it is put away", async () => {
  const answer = () => Response.json({ uid: "uid-3", passwordLink: "https://example.com/password" });
  open("team", { answers: { "GET staff": STAFF, "POST staff": answer } });
  await screen.findByText("Colega de Exemplo");
  press("Adicionar pessoa");
  type("E-mail", "nova@example.com");
  press("Adicionar");
  const link = await screen.findByLabelText("Link para escolher a senha");
  expect(link).toHaveProperty("value", "https://example.com/password");
  expect(asked).toContainEqual(["POST staff", { email: "nova@example.com", role: "agent" }]);
  press("Já mandei");
  expect(screen.queryByLabelText("Link para escolher a senha")).toBeNull();
});

test("a colleague's role is changed, and taken away after a second word; one's own is not", async () => {
  open("team", { answers: { "GET staff": STAFF, "POST staff": () => Response.json({ uid: "uid-2" }) } });
  const role = await screen.findByLabelText("Papel de Colega de Exemplo");
  expect(screen.getAllByRole("combobox")).toHaveLength(1);
  fireEvent.change(role, { target: { value: "admin" } });
  await vi.waitFor(() => expect(asked).toContainEqual(["POST staff", { email: COLLEAGUE.email, role: "admin" }]));
  await vi.waitFor(() => expect(role).toHaveProperty("disabled", false));
  press("Retirar");
  expect(asked).not.toContainEqual(["POST staff", { email: COLLEAGUE.email, role: "none" }]);
  press("Retirar o acesso");
  await vi.waitFor(() => expect(asked).toContainEqual(["POST staff", { email: COLLEAGUE.email, role: "none" }]));
});

test("what could not be read says why, and can be asked for again", async () => {
  let down = true;
  open("team", { answers: { "GET staff": () => (down ? problem(503, "unavailable")() : STAFF()) } });
  expect((await screen.findByRole("alert")).textContent).toContain("O servidor não conseguiu agora");
  down = false;
  press("Tentar de novo");
  await screen.findByText("Colega de Exemplo");
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a ready answer shows how it will read; a shortcut that is taken is said in words, and nothing typed is lost", async () => {
  open("answers", { answers: { "POST canned-responses": problem(409, "shortcut_taken") } });
  press("Nova resposta");
  type("Atalho, sem a barra", "Horario");
  type("Texto", "Olá,");
  press(/primeiro nome/);
  expect(screen.getByText("Olá, Maria")).toBeTruthy();
  press("Guardar");
  expect((await screen.findByRole("alert")).textContent).toBe(
    "Outra resposta já tem este atalho. Escolha outra palavra.",
  );
  expect(screen.getByLabelText("Texto")).toHaveProperty("value", "Olá, {{contact.first_name}}");
  const saved = { id: expect.any(String), shortcut: "horario", text: "Olá, {{contact.first_name}}" };
  expect(asked).toContainEqual(["POST canned-responses", saved]);
});

test("a ready answer is changed under its own id, and deleted", async () => {
  const done = () => new Response(null, { status: 204 });
  open("answers", {
    answers: { "POST canned-responses": () => Response.json(HOURS), "POST canned-responses/a1/delete": done },
  });
  press("Mudar /horario");
  type("Texto", "Das 9 às 17 h.");
  press("Guardar");
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(asked).toContainEqual(["POST canned-responses", { id: "a1", shortcut: "horario", text: "Das 9 às 17 h." }]);
  press("Apagar /horario");
  await vi.waitFor(() => expect(asked.at(-1)?.[0]).toBe("POST canned-responses/a1/delete"));
});

test("templates stand with their state and Meta's reason, those to see to first", () => {
  const template = { language: "pt_BR", at: NOON };
  open("templates", {
    templates: [
      { ...template, id: "a", name: "boas_vindas", status: "APPROVED", body: "Olá {{1}}" },
      { ...template, id: "b", name: "promocao", status: "REJECTED", reason: "INVALID_FORMAT" },
      { ...template, id: "c", name: "novidade", status: "LIMIT_EXCEEDED" },
    ],
  });
  const rows = within(screen.getByRole("region", { name: "Modelos do WhatsApp" })).getAllByRole("listitem");
  expect(rows[0]?.textContent).toContain("Recusado");
  expect(rows[0]?.textContent).toContain("A Meta diz: INVALID_FORMAT");
  expect(rows.map((row) => row.textContent).join()).toContain("LIMIT_EXCEEDED");
});

test("without templates and answers the page says how the first one gets here", () => {
  open("templates");
  expect(screen.getByText("Nenhum modelo ainda")).toBeTruthy();
});

test("the channels' settings are shown with the key that changes them", async () => {
  const settings = { WHATSAPP_PHONE_ID: "100000000000001", MASK_IA_LOGS: "true", ADMIN_EMAILS: "none" };
  open("channels", { answers: { "GET settings": () => Response.json({ settings }) } });
  expect(await screen.findByText("100000000000001")).toBeTruthy();
  expect(screen.getByText("whatsappPhoneId")).toBeTruthy();
  expect(screen.getByText("Pulumi.dev.yaml")).toBeTruthy();
});

const ID = "whatsapp_5511900000001";
const KEPT = { conversations: [ID, "instagram_1780"], counts: { conversations: 2, messages: 1234 } };

test("a person's data is counted, and removed only once the id was typed", async () => {
  const removed = { conversations: 2, messages: 1234, notes: 1 };
  open(`person?person=${ID}`, {
    answers: {
      [`GET people/${ID}`]: () => Response.json(KEPT),
      [`POST people/${ID}/erase`]: () => Response.json({ removed }),
    },
  });
  expect(await screen.findByText("1.234")).toBeTruthy();
  expect(screen.getByText("instagram_1780")).toBeTruthy();
  const button = screen.getByRole("button", { name: "Apagar para sempre" });
  expect(button).toHaveProperty("disabled", true);
  type(/Para confirmar/, ID);
  fireEvent.click(button);
  expect((await screen.findByText("Tudo desta pessoa foi apagado.")).tagName).toBe("H4");
  expect(asked.at(-1)).toEqual([`POST people/${ID}/erase`, { confirm: ID }]);
});

test("an id that names no conversation is said so", async () => {
  open(`person?person=${ID}`, { answers: { [`GET people/${ID}`]: problem(404, "unknown_conversation") } });
  expect((await screen.findByRole("alert")).textContent).toContain("Esta conversa não existe mais.");
});
