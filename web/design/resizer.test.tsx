// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Resizer } from "./resizer.tsx";

afterEach(cleanup);

function pressed(side: "left" | "right", value: number, key: string): number[] {
  const seen: number[] = [];
  render(<Resizer label="Lista" side={side} value={value} min={280} max={480} onChange={(next) => seen.push(next)} />);
  fireEvent.keyDown(screen.getByRole("separator", { name: "Lista" }), { key });
  return seen;
}

test.each([
  ["left", 320, "ArrowRight", [336]],
  ["left", 320, "ArrowLeft", [304]],
  ["right", 320, "ArrowLeft", [336]],
  ["left", 480, "ArrowRight", [480]],
  ["left", 320, "Enter", []],
] as const)("on the %s, at %d, %s", (side, value, key, widths) => {
  expect(pressed(side, value, key)).toEqual(widths);
});
