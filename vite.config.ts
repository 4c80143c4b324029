import { fileURLToPath } from "node:url";
import { lingui } from "@lingui/vite-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { bundleBudget } from "./web/budget.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `vite build` makes the inbox in `dist/web/inbox`. Vitest shares the plugins but keeps the whole repository as its root. */
export default defineConfig(() => ({
  ...(process.env.VITEST === undefined ? { root: here("./web/inbox") } : {}),
  resolve: { alias: { re2js: here("./web/inbox/data/no-regular-expressions.ts") } },
  plugins: [
    lingui({
      configPath: here("./web/lingui.config.ts"),
      macroTransform: true,
      failOnMissing: true,
    }),
    react(),
    tailwindcss(),
    // Figures from the design, section 10. Bytes are gzip; Firestore is told apart by the module that holds it.
    bundleBudget({ entry: 120_000, total: 330_000 }),
  ],
  build: {
    outDir: here("./dist/web/inbox"),
    emptyOutDir: true,
    manifest: true,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    // Every browser that has `light-dark()`, which the colour tokens stand on.
    target: ["chrome123", "firefox120", "safari17.5"],
    // Small files stay files: the content security policy allows no `data:` scripts or styles.
    assetsInlineLimit: 0,
  },
}));
