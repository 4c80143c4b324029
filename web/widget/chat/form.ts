/** The form before the chat. */

export const FIELDS = ["name", "email", "phone"] as const;
export type FieldName = (typeof FIELDS)[number];

export interface Field {
  readonly name: FieldName;
  readonly required: boolean;
}

/** `name*, email` asks for both and insists on the first; what the chat does not know is left out. */
export function readFields(text: string | undefined, identified: boolean): Field[] {
  // Whoever is signed in need not say who they are.
  if (text === undefined || identified) return [];
  return text.split(",").flatMap((part) => {
    const [, word = "", star] = part.trim().match(/^(\w+)(\*?)$/) ?? [];
    const name = FIELDS.find((each) => each === word.toLowerCase());
    return name === undefined ? [] : [{ name, required: star === "*" }];
  });
}

export type FieldProblem = "missing" | "email";

/** What keeps a field from being accepted. */
export function problemOf(field: Field, value: string): FieldProblem | undefined {
  const text = value.trim();
  if (text === "") return field.required ? "missing" : undefined;
  // Enough to catch a slip; only a message to it can prove an address.
  return field.name === "email" && !/^\S+@\S+\.\S+$/.test(text) ? "email" : undefined;
}
