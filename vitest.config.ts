import { defineConfig } from "vitest/config";

/** Four rings: pure tables and mocks beside the code (`unit`), and the whole on the local target (`whole`). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{app,infra,local,policies,bench}/**/*.test.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
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
          globalSetup: ["tests/support/local-stack.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // One local stack for all: its tests share two cores and one inbox.
          fileParallelism: false,
        },
      },
    ],
  },
});
