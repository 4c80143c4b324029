import { expect, test } from "vitest";
import { createParsers } from "../create.ts";
import { NOW, SHAPES } from "./index.ts";

const parsers = createParsers(() => NOW);

test.each(SHAPES.map((shape) => [shape.name, shape] as const))("%s", (_, shape) => {
  expect(parsers[shape.channel](shape.body)).toStrictEqual(shape.events);
});

test("there are at least 120 shapes, each with a name of its own", () => {
  expect(SHAPES.length).toBeGreaterThanOrEqual(120);
  expect(new Set(SHAPES.map((shape) => shape.name)).size).toBe(SHAPES.length);
});

test("as it comes over the wire: through JSON, with every letter above ASCII escaped", () => {
  for (const shape of SHAPES) {
    const escaped = JSON.stringify(shape.body).replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    expect(parsers[shape.channel](JSON.parse(escaped))).toEqual(shape.events);
  }
});
