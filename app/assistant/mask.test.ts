import { expect, test } from "vitest";
import { maskPersonalData } from "./mask.ts";
import { ORDINARY_ANSWERS } from "./testing/ordinary-answers.ts";

test.each([
  ["meu email é Cliente.Exemplo@exemplo.com.br, ok?", "meu email é [email], ok?"],
  ["fone (11) 90000-0001", "fone ([telefone]"],
  ["fone +55 11 90000-0001", "fone [telefone]"],
  ["cpf 123.456.789-09", "cpf [cpf]"],
  ["cpf 12345678909", "cpf [cpf]"],
  ["cnpj 12.345.678/0001-95", "cnpj [cnpj]"],
  ["cartão 4111 1111 1111 1111 val 12/2030", "cartão [cartão] val 12/2030"],
  ["protocolo 20260110123456789012", "protocolo [número]"],
  ["dois: 11900000001 e 11900000002", "dois: [telefone] e [telefone]"],
])("%s", (text, masked) => {
  expect(maskPersonalData(text)).toBe(masked);
});

test("ordinary texts stay as they are, our own address aside", () => {
  for (const text of ORDINARY_ANSWERS.filter((answer) => !answer.includes("@"))) {
    expect(maskPersonalData(text)).toBe(text);
  }
});
