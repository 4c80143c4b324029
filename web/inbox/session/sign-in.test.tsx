// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { show } from "../testing/render.tsx";
import { SignIn } from "./sign-in.tsx";

function setUp(answer: () => Promise<void>, local = false) {
  const asked: string[] = [];
  const signIn = (email: string, password: string) => {
    asked.push(`${email} ${password}`);
    return answer();
  };
  show(<SignIn auth={{ signIn }} local={local} />);
  fireEvent.change(screen.getByLabelText("E-mail"), { target: { value: " agente@exemplo.com " } });
  fireEvent.change(screen.getByLabelText("Senha"), { target: { value: "segredo" } });
  fireEvent.click(screen.getByRole("button", { name: "Entrar" }));
  return asked;
}

test("asks with what was typed, and says that it is busy", () => {
  const asked = setUp(() => new Promise(() => undefined));
  expect(asked).toEqual(["agente@exemplo.com segredo"]);
  expect(screen.getByRole("button", { name: "Entrando…" })).toBeDefined();
});

test.each([
  ["auth/invalid-credential", "E-mail ou senha não conferem. Confira os dois e tente de novo."],
  ["auth/too-many-requests", "Muitas tentativas seguidas. Espere alguns minutos e tente de novo."],
  ["auth/network-request-failed", "Não foi possível falar com o servidor. Confira a conexão e tente de novo."],
  ["auth/odd", "Não foi possível entrar (auth/odd). Tente de novo; se continuar, avise quem administra a equipe."],
])("%s is said in words, and one may try again", async (code, words) => {
  const asked = setUp(() => Promise.reject(Object.assign(new Error("x"), { code })));
  await waitFor(() => expect(screen.getByRole("alert").textContent).toBe(words));
  fireEvent.click(screen.getByRole("button", { name: "Entrar" }));
  expect(asked).toHaveLength(2);
});

test.each([true, false])("a local stack tells where its accounts are, and only it (%s)", (local) => {
  setUp(() => new Promise(() => undefined), local);
  expect(screen.queryAllByText(/Pilha local/)).toHaveLength(local ? 1 : 0);
});
