import { describe, expect, test } from "vitest";
import { detectLanguage } from "./language.ts";

describe("language", () => {
  test.each([
    ["pt", "Olá, preciso de ajuda com o meu pedido"],
    ["pt", "bom dia"],
    ["pt", "quanto custa pintar um apartamento?"],
    ["pt", "Não recebi o orçamento ainda"],
    ["pt", "cadê meu pagamento"],
    ["pt", "voces atendem em santos"],
    ["pt", "ok"],
    ["pt", "👍"],
    ["pt", ""],
    ["pt", "R$ 350"],
    ["en", "Hi, I need help with my order"],
    ["en", "how much is it to paint an apartment?"],
    ["en", "where's my payment"],
    ["en", "thanks!"],
    ["en", "can you help me?"],
    ["es", "Hola, necesito ayuda con mi pedido"],
    ["es", "¿cuánto cuesta pintar un departamento?"],
    ["es", "buenos días"],
    ["es", "No he recibido el presupuesto todavía"],
    ["es", "muchas gracias"],
    ["es", "donde esta mi pago"],
  ])("%s: %s", (language, text) => {
    expect(detectLanguage([text])).toBe(language);
  });

  test("an older message decides when the newest says nothing", () => {
    expect(detectLanguage(["ok", "👍", "When will you come?", "Olá"])).toBe("en");
  });

  test("nothing at all is Portuguese", () => {
    expect(detectLanguage([])).toBe("pt");
  });
});
