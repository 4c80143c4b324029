import { defineConfig } from "vitest/config";

/**
 * The whole in a real browser, on a stack of its own and after the rest: for each page that was closed the emulator goes
 * on writing to a channel that nobody reads, and is slow then.
 */
const STORIES = ["inbox", "inbox-desk", "settings", "webchat"].map((name) => `tests/${name}.test.ts`);

/** Four rings: pure tables and mocks beside the code (`unit`), and the whole on the local target (`whole`). */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["{app,infra,local,policies,bench}/**/*.test.ts"],
          exclude: ["**/*.long.test.ts"],
          // Google's and Pulumi's libraries are loaded once for all files of a worker.
          isolate: false,
          globalSetup: ["app/conversations/testing/shared-firestore.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Minutes each: `npm run test:long`. CI_LONG=1 makes them as large as the figures that they prove.
        test: {
          name: "long",
          include: ["{app,infra,local,policies,tests}/**/*.long.test.ts"],
          testTimeout: 1_800_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Pulumi's own engine on the local target, its CLI compiled first where it must be: `npm run test:engine`.
        test: {
          name: "engine",
          include: ["tests/engine/**/*.test.ts"],
          testTimeout: 2_700_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        // The inbox's own plugins: its texts are written with macros.
        extends: "./vite.config.ts",
        test: {
          name: "web",
          include: ["web/**/*.test.{ts,tsx}"],
        },
      },
      {
        test: {
          name: "whole",
          include: ["tests/**/*.test.ts"],
          exclude: ["**/*.long.test.ts", "tests/engine/**", ...STORIES],
          globalSetup: ["tests/support/local-stack.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // One local stack for all: its tests share two cores and one inbox.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "stories",
          include: STORIES,
          globalSetup: ["tests/support/local-stack.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
