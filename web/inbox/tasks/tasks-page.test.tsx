// @vitest-environment happy-dom

import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { Toasts } from "../shell/toasts.tsx";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import TasksPage from "./tasks-page.tsx";

afterEach(() => vi.unstubAllGlobals());

const TASKS = [
  {
    id: "followup_pagamento_escrow-1_2026-11-23T15:00:00.000Z",
    status: "open",
    trigger: "followup_pagamento",
    reason: "not_connected",
    text: "Olá! Percebi que há um pagamento pendente de R$ 10,00. Posso ajudar a concluir? 💳",
    userId: "cliente@example.com",
    createdAt: "2026-11-23T15:00:00.000Z",
  },
  {
    id: "followup_48h_whatsapp_1_2026-11-23T16:00:00.000Z",
    status: "open",
    trigger: "followup_48h",
    reason: "window_closed",
    text: "Ainda posso ajudar com algo?",
    conversationId: "whatsapp_5511900000001",
    createdAt: "2026-11-23T16:00:00.000Z",
  },
];

/** @param done what the API says to a task that is marked @returns what it was asked for */
function open(tasks: readonly object[], done = () => Response.json({})): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(`${init.method ?? "GET"} ${url}`);
    return init.method === "POST" ? done() : Response.json({ tasks });
  });
  show(
    fakeInbox().around(
      <>
        <TasksPage />
        <Toasts />
      </>,
    ),
  );
  return asked;
}

test("what is to be said, why, and the ways to say it", async () => {
  open(TASKS);
  await screen.findByText("2 mensagens que as automações deixaram para uma pessoa.");
  expect(screen.getByRole("heading", { name: "Pagamento pendente" })).toBeTruthy();
  expect(
    screen.getByText("A janela do canal fechou: só uma pessoa pode escrever, se o canal ainda deixar."),
  ).toBeTruthy();
  const conversation = screen.getByRole("link", { name: "Abrir a conversa" });
  expect(conversation.getAttribute("href")).toBe("/c/whatsapp_5511900000001");
  const mail = screen.getByRole("link", { name: "Escrever um e-mail" }).getAttribute("href");
  expect(mail).toContain("mailto:cliente%40example.com?body=Ol%C3%A1!");
});

test("one that is done leaves at once, and the keyboard goes to the next", async () => {
  const asked = open(TASKS);
  const [first, second] = await screen.findAllByRole("button", { name: "Feito" });
  if (first) fireEvent.click(first);
  expect(screen.queryByText("Pagamento pendente")).toBeNull();
  expect(document.activeElement).toBe(second);
  await screen.findByText("Tarefa feita.");
  expect(asked).toContain("POST /api/omni/tasks/followup_pagamento_escrow-1_2026-11-23T15%3A00%3A00.000Z/done");
});

test("one that the API does not take comes back, with the reason", async () => {
  open(TASKS, () => Response.json({ code: "unknown_task" }, { status: 404 }));
  const [first] = await screen.findAllByRole("button", { name: "Feito" });
  if (first) fireEvent.click(first);
  await screen.findByText("A tarefa continua aberta. Esta tarefa não existe mais.");
  expect(screen.getByText("Pagamento pendente")).toBeTruthy();
});

test("nothing to do teaches where tasks come from; a code that is new is shown as it is", async () => {
  open([]);
  await screen.findByText("Tudo em dia");
  open([{ ...TASKS[0], trigger: "followup_novo", reason: "novo_motivo" }]);
  await screen.findByText("followup_novo");
  expect(screen.getByText("novo_motivo")).toBeTruthy();
});

test("a list that cannot be read can be asked for again", async () => {
  let fails = true;
  vi.stubGlobal("fetch", async () => (fails ? new Response(null, { status: 503 }) : Response.json({ tasks: TASKS })));
  show(fakeInbox().around(<TasksPage />));
  await screen.findByRole("alert");
  fails = false;
  fireEvent.click(screen.getByRole("button", { name: "Tentar de novo" }));
  await screen.findByText("Pagamento pendente");
  expect(screen.queryByRole("alert")).toBeNull();
});
