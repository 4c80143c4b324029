import { expect, test } from "vitest";
import { apiEnvironment, SECRET_NAMES } from "../../../app/environment.ts";
import { KEYS } from "../../../infra/config/keys.ts";
import { SETTING_GROUPS } from "./setting-groups.ts";

const shown = Object.values(SETTING_GROUPS).flat();

test("every setting that is shown is one that the service reads and the stack's file sets", () => {
  expect(shown.filter(([variable]) => !(variable in apiEnvironment.shape))).toEqual([]);
  expect(shown.filter(([, key]) => !(key in KEYS))).toEqual([]);
});

test("none is a secret, and none is shown twice", () => {
  const secrets: readonly string[] = SECRET_NAMES;
  expect(shown.filter(([variable]) => secrets.includes(variable))).toEqual([]);
  expect(new Set(shown.map(([variable]) => variable)).size).toBe(shown.length);
});
