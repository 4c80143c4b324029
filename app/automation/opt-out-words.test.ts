import { expect, test } from "vitest";
import { asksToStop } from "./opt-out-words.ts";

test.each(["STOP", "stop", "Sair", "PARAR", "cancelar", " Sair. ", "“PARAR!”", "ＳＴＯＰ"])(
  "%j asks to stop",
  (text) => {
    expect(asksToStop(text)).toBe(true);
  },
);

test.each(["", "quero cancelar o pedido", "sair de casa", "não pare", "parara", "stopwatch", "x".repeat(5_000)])(
  "%j does not",
  (text) => {
    expect(asksToStop(text)).toBe(false);
  },
);
