import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatter } from "@lingui/format-po";
import { generateMessageId } from "@lingui/message-utils/generateMessageId";
import { extractMessagesFromFiles } from "@lingui/native-tools";
import { describe, expect, test } from "vitest";

const web = fileURLToPath(new URL("../../", import.meta.url));

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [path] : [];
  });
}

async function textsInCode(): Promise<string[]> {
  const { messages } = await extractMessagesFromFiles([
    ...sources(join(web, "inbox")),
    ...sources(join(web, "design")),
  ]);
  return [
    ...new Set(messages.map(({ message, context }) => generateMessageId(message ?? "", context ?? undefined))),
  ].sort();
}

async function catalogue(locale: string) {
  const filename = join(web, `inbox/locales/${locale}.po`);
  return formatter().parse(readFileSync(filename, "utf8"), { locale, sourceLocale: "pt", filename });
}

/** Names of values and tags that a text carries: `{count}`, `<0>`. */
const holes = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]|<(\d+)\/?>/g)].map(([, value, tag]) => value ?? `<${tag}>`))].sort();

describe.each(["pt", "en", "es"])("%s", (locale) => {
  test("holds exactly the texts of the code", async () => {
    expect(Object.keys(await catalogue(locale)).sort()).toEqual(await textsInCode());
  });

  test("has a translation for each of them, with the same values and tags", async () => {
    for (const { message = "", translation = "" } of Object.values(await catalogue(locale))) {
      expect(translation, message).not.toBe("");
      expect(holes(translation), message).toEqual(holes(message));
    }
  });

  test("says before sign-in what it says after it", async () => {
    const whole = await catalogue(locale);
    const door = await catalogue(`door-${locale}`);
    expect(Object.keys(door).length).toBeGreaterThan(10);
    for (const [id, { message = "", translation }] of Object.entries(door)) {
      expect(translation, message).toBe(whole[id]?.translation);
    }
  });
});
