// @vitest-environment happy-dom
import { fireEvent, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { ApiError } from "../data/api.ts";
import { exampleMessage, NOON, SAO_PAULO } from "../testing/examples.ts";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import { BubbleRow } from "./bubble.tsx";
import type { Entry } from "./entries.ts";

function draw(changes: Partial<Entry>, quoted?: Entry) {
  const inbox = fakeInbox();
  const entry: Entry = { ...exampleMessage({ at: NOON }), key: "k", ...changes };
  const row = <BubbleRow name="Cliente de exemplo" entry={entry} quoted={quoted} first last timeStyle={SAO_PAULO} />;
  show(inbox.around(row));
  return { ...inbox, words: () => screen.getByRole("article").textContent };
}

test("the customer's says who, what and when", () => {
  expect(draw({}).words()).toBe("Cliente de exemplo:Preciso de ajuda12:00");
});

test.each([
  ["bot", "Assistente"],
  ["automation", "Automação"],
] as const)("what the %s wrote says so", (author, name) => {
  expect(draw({ author, status: "read" }).words()).toBe(`${name}Preciso de ajuda12:0012:00 · Lida`);
});

test.each([
  ["sending", "Enviando"],
  ["sent", "Enviada"],
  ["delivered", "Entregue"],
  ["read", "Lida"],
] as const)("%s is said in a word", (status, word) => {
  expect(draw({ author: "person", status }).words()).toBe(`Equipe:Preciso de ajuda12:0012:00 · ${word}`);
});

test("a failure of the channel says why", () => {
  draw({ author: "bot", status: "failed", error: { code: 131047, message: "Re-engagement message" } });
  expect(screen.getByText("Não entregue: a janela de 24 h já tinha fechado.")).toBeDefined();
});

test("one that did not leave can be sent again or given up", async () => {
  const pending = {
    clientMessageId: "c1",
    conversationId: "x",
    text: "Olá",
    at: NOON,
    before: new Set<string>(),
  } as const;
  const error = new ApiError("network", 0, "Failed to fetch");
  const { outgoing } = draw({ author: "person", status: "failed", outgoing: { ...pending, state: "failed", error } });
  expect(screen.getByRole("alert").textContent).toContain("Não saiu. Sem conexão com o servidor.");
  const calls: string[] = [];
  outgoing.retry = async (id) => void calls.push(`retry ${id}`);
  outgoing.discard = (id) => void calls.push(`discard ${id}`);
  fireEvent.click(screen.getByRole("button", { name: "Enviar de novo" }));
  fireEvent.click(screen.getByRole("button", { name: "Descartar" }));
  expect(calls).toEqual(["retry c1", "discard c1"]);
});

test("a deleted one keeps nothing of what it said", () => {
  draw({ deletedAt: NOON, editedAt: NOON, attachments: [{ type: "image", url: "https://exemplo.com/a.jpg" }] });
  expect(screen.getByRole("article").textContent).toBe("Cliente de exemplo:Mensagem apagada12:00");
  expect(screen.queryByRole("img")).toBeNull();
});

test("edits, reactions and what it answers are shown", () => {
  const quoted: Entry = { ...exampleMessage({ text: "Qual serviço?" }), key: "q" };
  draw({ editedAt: NOON, reactions: ["👍"], replyTo: "p1" }, quoted);
  expect(screen.getByText("editada")).toBeDefined();
  expect(screen.getByText("Qual serviço?")).toBeDefined();
  expect(screen.getByText(/👍/).textContent).toBe("Reações: 👍");
});

test("only https is followed: in the text, in pictures and in files", () => {
  draw({
    text: "javascript:alert(1) https://exemplo.com/a",
    attachments: [
      { type: "image", url: "javascript:alert(1)" },
      { type: "document", fileName: "a.pdf", url: "http://exemplo.com/a.pdf" },
      { type: "location", latitude: -23.5, longitude: -46.6 },
    ],
  });
  expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
    "https://www.openstreetmap.org/?mlat=-23.5&mlon=-46.6#map=17/-23.5/-46.6",
    "https://exemplo.com/a",
  ]);
  expect(screen.queryByRole("img")).toBeNull();
});
