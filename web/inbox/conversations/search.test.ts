import { expect, test } from "vitest";
import { exampleConversation } from "../testing/examples.ts";
import { search } from "./search.ts";

const joao = exampleConversation({
  id: "a",
  name: "João Exemplo",
  customer: "5511900000001",
  lastMessage: "Preciso de orçamento",
});
const loja = exampleConversation({ id: "b", name: "Loja", customer: "5521900000002", lastMessage: "Oi" });
const found = (words: string) => search([joao, loja], words).map((row) => row.id);

test.each([
  ["", ["a", "b"]],
  ["joao", ["a"]],
  ["JOÃO orcamento", ["a"]],
  ["oi", ["b"]],
  ["loja orçamento", []],
  ["+55 11 90000", ["a"]],
  ["(21) 9", ["b"]],
  ["0002", ["b"]],
])("%j finds %j", (words, ids) => {
  expect(found(words)).toEqual(ids);
});
