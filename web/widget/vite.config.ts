import { fileURLToPath } from "node:url";
import { build as bundle } from "esbuild";
import { defineConfig, type Plugin } from "vite";
import { partBudget } from "../budget.ts";
import { WIDGET_PARTS } from "./budget.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The loader is no module: websites embed it as any script, and nothing of it may leak into their page. */
function loader(): Plugin {
  return {
    name: "widget-loader",
    apply: "build",
    async generateBundle() {
      const { outputFiles } = await bundle({
        entryPoints: [here("./loader/loader.ts")],
        bundle: true,
        write: false,
        minify: true,
        format: "iife",
        target: ["chrome111", "firefox121", "safari16.4"],
        legalComments: "none",
        charset: "utf8",
        logLevel: "silent",
      });
      this.emitFile({ type: "asset", fileName: "widget.js", source: outputFiles[0]?.contents ?? "" });
    },
  };
}

/** `vite build -c web/widget/vite.config.ts` makes `/widget.js` and the chat's page in `dist/web/widget`. */
export default defineConfig({
  root: here(".."),
  publicDir: false,
  plugins: [loader(), partBudget(WIDGET_PARTS)],
  // One source for both: React where types and tests are, a tenth of its weight where visitors load it.
  resolve: {
    alias: [
      { find: /^react$/, replacement: "preact/compat" },
      { find: /^react-dom\/client$/, replacement: "preact/compat/client" },
      { find: /^react\/jsx-runtime$/, replacement: "preact/jsx-runtime" },
    ],
  },
  build: {
    outDir: here("../../dist/web/widget"),
    emptyOutDir: true,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    target: ["chrome123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    rollupOptions: { input: here("./chat.html") },
  },
});
