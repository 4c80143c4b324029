import Module, { createRequire } from "node:module";
import { hasCode } from "../errors.ts";

/**
 * Loaded before Pulumi's SDK, by this product's own processes and by those that the engine starts for it. The SDK loads
 * npm's Arborist, which is half a second, to find out which packages a serialized function needs. Nothing here
 * serializes one: it is loaded if something asks for it.
 */
function loadArboristLate(): void {
  const fromPulumi = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
  const path = arboristOf(fromPulumi);
  if (path === undefined || fromPulumi.cache[path]) return;
  const late = new Module(path);
  late.filename = path;
  late.loaded = true;
  late.exports = Object.defineProperty({ __esModule: true }, "Arborist", {
    enumerable: true,
    get: () => {
      delete fromPulumi.cache[path];
      return (fromPulumi(path) as Record<string, unknown>).Arborist;
    },
  });
  fromPulumi.cache[path] = late;
}

function arboristOf(fromPulumi: NodeJS.Require): string | undefined {
  try {
    return fromPulumi.resolve("@npmcli/arborist");
  } catch (error) {
    // An SDK that does without it needs nothing of this.
    if (hasCode(error, "MODULE_NOT_FOUND")) return undefined;
    throw error;
  }
}

loadArboristLate();
