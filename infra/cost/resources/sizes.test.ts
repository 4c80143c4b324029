import { expect, test } from "vitest";
import { functionMilliCpus, mebibytes, milliCpus } from "./sizes.ts";

test.each([
  ["512Mi", 512],
  ["1Gi", 1024],
  ["1G", 953],
  ["256M", 244],
  ["half", undefined],
  [undefined, undefined],
])("a memory of %s is %s MiB", (size, expected) => {
  expect(mebibytes(size)).toBe(expected);
});

test.each([
  ["1", 1000],
  ["2", 2000],
  ["0.5", 500],
  ["1000m", 1000],
  ["583m", 583],
  ["many", undefined],
])("a CPU of %s is %s thousandths", (cpu, expected) => {
  expect(milliCpus(cpu)).toBe(expected);
});

test("a function that names no CPU gets one by its memory", () => {
  expect([128, 256, 512, 1024, 2048, 4096, 32_768].map(functionMilliCpus)).toEqual([
    83, 167, 333, 583, 1000, 2000, 8000,
  ]);
});
