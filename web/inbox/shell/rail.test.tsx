// @vitest-environment happy-dom

import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import { ConfigContext } from "./config-context.ts";
import { Rail } from "./rail.tsx";

const CONFIG = { projectId: "demo", apiKey: "key", authDomain: "demo.example.com", environment: "dev" };
const ids = (count: number) => Array.from({ length: count }, (_, n) => `task-${n}`);

function draw(waiting: number, tasks: number): void {
  const { around } = fakeInbox({ openTasks: ids(tasks) });
  show(<ConfigContext value={CONFIG}>{around(<Rail waiting={waiting} />)}</ConfigContext>);
}

test.each([
  [0, 0, "Conversas", "Tarefas"],
  [1, 1, "Conversas 1 esperando uma pessoa", "Tarefas 1 aberta"],
  [3, 12, "Conversas 3 esperando uma pessoa", "Tarefas 12 abertas"],
  [0, 100, "Conversas", "Tarefas mais de 99 abertas"],
])("%i waiting, %i tasks: said by the links themselves", (waiting, tasks, conversations, open) => {
  draw(waiting, tasks);
  expect(screen.getByRole("link", { name: conversations })).toBeTruthy();
  expect(screen.getByRole("link", { name: open })).toBeTruthy();
});

test("the badge counts no further than it has room for", () => {
  draw(0, 100);
  expect(screen.getByText("99+")).toBeTruthy();
});
