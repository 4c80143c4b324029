import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { numberVariants } from "./numbers.ts";

test.each([
  ["Brazil, old form of a mobile", "551188887777", ["5511988887777"]],
  ["Brazil, new form", "5511988887777", ["551188887777"]],
  ["Brazil, landline that begins with 2", "551123456789", []],
  ["Brazil, landline that begins with 5", "551155556666", []],
  ["Brazil, new mobile whose old form would be a landline", "5511951234567", []],
  ["Brazil, too short", "55118888777", []],
  ["Argentina with 9", "5491122223333", ["541122223333"]],
  ["Argentina without 9", "541122223333", ["5491122223333"]],
  ["Mexico with 1", "5215512345678", ["525512345678"]],
  ["Mexico without 1", "525512345678", ["5215512345678"]],
  ["United States", "15550000001", []],
  ["Portugal", "351910000001", []],
  ["business-scoped id", "BR.5511988887777", []],
  ["nothing", "", []],
])("%s", (_, phone, variants) => {
  expect(numberVariants(phone)).toEqual(variants);
});

property.prop([fc.constantFrom("55", "549", "54", "521", "52"), fc.stringMatching(/^\d{8,11}$/)])(
  "a variant's variant is the number itself",
  (country, national) => {
    for (const variant of numberVariants(country + national)) {
      expect(numberVariants(variant)).toEqual([country + national]);
    }
  },
);
