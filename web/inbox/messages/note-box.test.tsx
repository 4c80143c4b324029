// @vitest-environment happy-dom

import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ApiError } from "../data/api.ts";
import { exampleConversation } from "../testing/examples.ts";
import { fakeInbox } from "../testing/fake-inbox.tsx";
import { show } from "../testing/render.tsx";
import { NoteBox } from "./note-box.tsx";

const AGENTS = [
  { id: "uid-2", name: "Ana Souza" },
  { id: "uid-3", name: "Bruno de Exemplo" },
];

afterEach(() => localStorage.clear());

function setUp() {
  const inbox = fakeInbox({ agents: AGENTS });
  const note = vi.spyOn(inbox.api, "note");
  show(inbox.around(<NoteBox conversation={exampleConversation()} onTyped={() => undefined} />));
  const box = screen.getByLabelText<HTMLTextAreaElement>("Nota privada");
  const type = (value: string, caret = value.length) => {
    fireEvent.change(box, { target: { value } });
    box.setSelectionRange(caret, caret);
    fireEvent.select(box);
  };
  const press = (key: string) => fireEvent.keyDown(box, { key });
  return { box, type, press, note };
}

test("a colleague is named at the end, and in the middle of what is written already", () => {
  const { box, type, press, note } = setUp();
  type("Veja @an");
  press("Enter");
  expect(box.value).toBe("Veja @Ana Souza ");
  type("@br e @Ana Souza", 3);
  expect(screen.getByRole("option", { name: "Bruno de Exemplo" })).toBeTruthy();
  press("Enter");
  expect(box.value).toBe("@Bruno de Exemplo e @Ana Souza");
  expect(box.selectionStart).toBe("@Bruno de Exemplo ".length);
  press("Enter");
  expect(note.mock.calls[0]?.[1]).toMatchObject({ mentions: ["uid-2", "uid-3"] });
});

test("what was not kept comes back into the box; the same words go again under the same id, others under their own", async () => {
  const { box, type, press, note } = setUp();
  const refused = () => Promise.reject(new ApiError("network", 0, "Lost."));
  note.mockImplementationOnce(refused).mockImplementationOnce(refused);
  type("Liga à tarde");
  press("Enter");
  await vi.waitFor(() => expect(box.value).toBe("Liga à tarde"));
  press("Enter");
  await vi.waitFor(() => expect(box.value).toBe("Liga à tarde"));
  type("Liga amanhã");
  press("Enter");
  const ids = note.mock.calls.map(([, { clientNoteId }]) => clientNoteId);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[2]).not.toBe(ids[0]);
});
