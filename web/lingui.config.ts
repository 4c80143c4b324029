import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";
import { createSwcExtractor } from "@lingui/native-tools";

/**
 * Portuguese is the source: the words in the code are what a Brazilian agent reads.
 * `lingui extract --config web/lingui.config.ts --clean --workers 1` brings new texts into the three catalogues.
 */
export default defineConfig({
  sourceLocale: "pt",
  locales: ["pt", "en", "es"],
  catalogs: [
    {
      // What is shown before sign-in, which must be there at once: a part of the whole below.
      path: "<rootDir>/inbox/locales/door-{locale}",
      include: [
        "<rootDir>/inbox/gate.tsx",
        "<rootDir>/inbox/session",
        "<rootDir>/inbox/shell/boundary.tsx",
        "<rootDir>/inbox/shell/problem.tsx",
        "<rootDir>/design",
      ],
      exclude: ["**/*.test.ts", "**/*.test.tsx"],
    },
    {
      path: "<rootDir>/inbox/locales/{locale}",
      include: ["<rootDir>/inbox", "<rootDir>/design"],
      exclude: ["**/*.test.ts", "**/*.test.tsx"],
    },
  ],
  format: formatter({ lineNumbers: false }),
  extractors: [createSwcExtractor()],
});
