// @vitest-environment happy-dom

import { cleanup, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Note } from "../data/model.ts";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import { Toasts } from "./toasts.tsx";
import { useMentionAlerts } from "./use-mentions.ts";

const AGENTS = [{ id: "uid-2", name: "Colega de exemplo" }];
const note = (at: number, changes: Partial<Note> = {}): Note => ({
  id: `note-${at}`,
  conversationId: `whatsapp_${at}`,
  author: "uid-2",
  text: "Veja @Agente de Exemplo",
  mentions: ["uid-1"],
  at,
  ...changes,
});

function Page() {
  useMentionAlerts();
  return <Toasts />;
}

/** Opens the page anew, with these notes stored, the newest first. */
function open(mentions: readonly Note[]): number {
  cleanup();
  show(fakeInbox({ mentions, agents: AGENTS }).around(<Page />));
  const alerts = screen.queryAllByText("Colega de exemplo chamou você em uma nota.").length;
  for (const button of screen.queryAllByRole("button", { name: "Dispensar" })) fireEvent.click(button);
  return alerts;
}

beforeEach(() => {
  localStorage.clear();
  window.history.replaceState(null, "", "/status");
});

test("a browser's first look takes all as read; what was written since is told, once", () => {
  expect(open([note(1)])).toBe(0);
  expect(open([note(3), note(2), note(1)])).toBe(2);
  expect(open([note(3), note(2), note(1)])).toBe(0);
});

test("the first note of all is told too", () => {
  expect(open([])).toBe(0);
  expect(open([note(1)])).toBe(1);
});

test("two notes in one conversation are one piece of news; one's own are none", () => {
  open([]);
  expect(open([note(2, { conversationId: "whatsapp_1" }), note(1)])).toBe(1);
  expect(open([note(3, { author: "uid-1" }), note(2), note(1)])).toBe(0);
});

test("the alert leads to the conversation", () => {
  open([]);
  cleanup();
  show(fakeInbox({ mentions: [note(1)], agents: AGENTS }).around(<Page />));
  fireEvent.click(screen.getByRole("button", { name: "Abrir" }));
  expect(window.location.pathname).toBe("/c/whatsapp_1");
  expect(screen.queryByText("Colega de exemplo chamou você em uma nota.")).toBeNull();
});

test("where the note is before one's eyes, or is opened another way, nothing is said", () => {
  open([]);
  window.history.replaceState(null, "", "/c/whatsapp_1");
  expect(open([note(1)])).toBe(0);
});
