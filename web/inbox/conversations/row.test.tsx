// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { exampleConversation, HOUR, MINUTE, NOON, SAO_PAULO } from "../testing/examples.ts";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import { Row } from "./row.tsx";

function draw(changes: Parameters<typeof exampleConversation>[0] = {}, chosen = false) {
  const row = exampleConversation(changes);
  const filter = { view: "unread", channel: "whatsapp" } as const;
  show(fakeInbox().around(<Row row={row} chosen={chosen} filter={filter} now={NOON} timeStyle={SAO_PAULO} />));
  return screen.getByRole("link");
}

test("it is a link that keeps the list as it is narrowed", () => {
  expect(draw().getAttribute("href")).toBe("/c/whatsapp_5511900000001?view=unread&channel=whatsapp");
});

test("it says the channel, who, when, who has it, what was said and how much is unread", () => {
  const link = draw({ unread: 2 });
  expect(screen.getByRole("img", { name: "WhatsApp" })).toBeDefined();
  for (const words of ["Cliente de exemplo", "11:59", "Bot", "Preciso de ajuda", "2 não lidas"])
    expect(link.textContent).toContain(words);
});

test("one that waits says for how long", () => {
  expect(draw({ needsPerson: true, lastInboundAt: NOON - 12 * MINUTE }).textContent).toContain("Espera 12");
});

test.each([
  ["uid-1", "Você"],
  ["uid-2", "Equipe"],
])("one that %s answered says so", (who, words) => {
  expect(draw({ mode: "human", lastMessageSender: who, assignedTo: who }).textContent).toContain(words);
});

test("the window is told from four hours on", () => {
  expect(draw({ lastInboundAt: NOON - 22 * HOUR }).textContent).toContain("A janela de resposta fecha em 2");
});

test("the chosen one says so", () => {
  expect(draw({}, true).getAttribute("aria-current")).toBe("true");
});
