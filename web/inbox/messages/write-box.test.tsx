// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { shelf } from "../preferences/preferences.ts";
import { exampleConversation } from "../testing/examples.ts";
import { fakeInbox, type Stored } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import { WriteBox } from "./write-box.tsx";

const conversation = exampleConversation({ mode: "human" });
const DRAFT = `servio.draft.uid-1.${conversation.id}`;

afterEach(() => shelf.removeItem(DRAFT));

function setUp(stored: Stored = {}, changes: Parameters<typeof exampleConversation>[0] = {}) {
  const inbox = fakeInbox(stored);
  show(inbox.around(<WriteBox conversation={{ ...conversation, ...changes }} hint="" onTyped={() => undefined} />));
  const box = screen.getByLabelText<HTMLTextAreaElement>("Resposta para Cliente de exemplo");
  const type = (value: string) => fireEvent.change(box, { target: { value } });
  const press = (key: string, init = {}) => fireEvent.keyDown(box, { key, ...init });
  return { ...inbox, box, type, press, texts: () => inbox.sent.map((message) => message.text) };
}

test("Enter sends what was typed, without its edges, and empties the box", () => {
  const { type, press, texts, box } = setUp();
  type("  Olá\ntudo bem? ");
  press("Enter");
  expect(texts()).toEqual(["Olá\ntudo bem?"]);
  expect(box.value).toBe("");
});

test("Shift+Enter, composing and an empty box send nothing", () => {
  const { type, press, texts } = setUp();
  press("Enter");
  type("Olá");
  press("Enter", { shiftKey: true });
  press("Enter", { isComposing: true });
  expect(texts()).toEqual([]);
});

test("what is typed is there again after a reload, and gone once it is sent", () => {
  const { type, press } = setUp();
  type("Meio escr");
  expect(shelf.getItem(DRAFT)).toBe("Meio escr");
  press("Enter");
  expect(shelf.getItem(DRAFT)).toBeNull();
  shelf.setItem(DRAFT, "Meio escrito");
  show(fakeInbox().around(<WriteBox conversation={conversation} hint="" onTyped={() => undefined} />));
  expect(screen.getAllByLabelText<HTMLTextAreaElement>("Resposta para Cliente de exemplo")[1]?.value).toBe(
    "Meio escrito",
  );
});

test("Instagram counts bytes: too long a text says by how much, and is not sent", () => {
  const { type, press, texts } = setUp({}, { channel: "instagram" });
  type("é".repeat(501));
  expect(screen.getByText("2 caracteres a mais")).toBeDefined();
  press("Enter");
  expect(texts()).toEqual([]);
});

const canned = [
  { id: "1", shortcut: "ola", text: "Olá {{contact.first_name}}!" },
  { id: "2", shortcut: "obrigado", text: "Obrigado!" },
];

test("a slash offers ready answers, the arrows choose, Enter puts one in and sends nothing", () => {
  const { type, press, texts, box } = setUp({ canned });
  type("/o");
  expect(screen.getAllByRole("option").map((option) => option.getAttribute("aria-selected"))).toEqual([
    "true",
    "false",
  ]);
  press("ArrowDown");
  expect(box.getAttribute("aria-activedescendant")).toBe(screen.getAllByRole("option")[1]?.id);
  press("ArrowUp");
  press("Enter");
  expect(box.value).toBe("Olá Cliente!");
  expect(texts()).toEqual([]);
});

test("Escape closes the ready answers, and Enter then sends what stands there", () => {
  const { type, press, texts } = setUp({ canned });
  type("/o");
  press("Escape");
  expect(screen.queryByRole("listbox")).toBeNull();
  press("Enter");
  expect(texts()).toEqual(["/o"]);
});

test("what an automation could not say can be taken over into the box", () => {
  const { box } = setUp({}, { followUp: "Ainda posso ajudar?" });
  fireEvent.click(screen.getByRole("button", { name: "Usar" }));
  expect(box.value).toBe("Ainda posso ajudar?");
});
