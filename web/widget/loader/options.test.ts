import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

const PLAIN = { locale: "pt", theme: "auto", position: "right", offset: 20 };

test("nothing said means the defaults", () => {
  expect(readOptions({}, undefined, [])).toEqual(PLAIN);
});

test("what the page says in code wins over the script tag", () => {
  const global = { title: "Loja", theme: "dark" };
  expect(readOptions({ title: "Outra", theme: "light", accent: " #123456 " }, global, [])).toEqual({
    ...PLAIN,
    title: "Loja",
    theme: "dark",
    accent: "#123456",
  });
});

test.each([
  [{ theme: "blue", position: "top", offset: "far", title: " ", locale: "xx" }, PLAIN],
  [{ offset: "-5" }, { ...PLAIN, offset: 0 }],
  [{ offset: "900" }, { ...PLAIN, offset: 200 }],
  [{ position: "left" }, { ...PLAIN, position: "left" }],
])("%j becomes %j", (attributes, options) => {
  expect(readOptions(attributes, undefined, [])).toEqual(options);
});

test.each([
  [["es-MX", "pt-BR"], "es"],
  [["fr-FR", "en-GB"], "en"],
  [["fr"], "pt"],
  [[undefined, "PT"], "pt"],
])("a page and a browser in %j get %s", (languages, locale) => {
  expect(readOptions({}, undefined, languages).locale).toBe(locale);
});

test("an identity is a token, or a function that fetches one", () => {
  const fetcher = () => "token";
  expect(readOptions({ identity: "token" }, undefined, []).identity).toBe("token");
  expect(readOptions({}, { identity: fetcher }, []).identity).toBe(fetcher);
  expect(readOptions({ identity: "" }, { identity: 7 }, [])).not.toHaveProperty("identity");
});
