/**
 * The words with which a customer ends automatic messages. Only as the whole message: "quero cancelar o pedido" is a
 * question for the bot, not a wish to be left alone.
 */
const WORDS: ReadonlySet<string> = new Set(["stop", "sair", "parar", "cancelar"]);

/** Whether a customer's message asks for no more automatic messages. */
export function asksToStop(text: string): boolean {
  if (text.length > 40) return false;
  const bare = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^[\s"'“”‘’.!¡]+|[\s"'“”‘’.!]+$/gu, "");
  return WORDS.has(bare);
}
