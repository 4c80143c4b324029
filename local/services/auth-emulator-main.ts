import { createServer, type RequestListener } from "node:http";
import { createRequire } from "node:module";

/**
 * The Auth emulator and nothing else. `firebase emulators:start` serves the same app, but wants two more ports (hub and
 * logging), looks for updates on the network, and takes five seconds of CPU.
 * Usage: node auth-emulator-main.ts <project> <host> <port>
 */

interface AuthServer {
  createApp(defaultProjectId: string): Promise<RequestListener>;
}
interface Exegesis {
  middleware(spec: unknown, options: Readonly<Record<string, unknown>>): unknown;
}

const SERVER = "firebase-tools/lib/emulator/auth/server.js";

const [project, host, port] = process.argv.slice(2);
if (project === undefined || host === undefined || port === undefined) {
  console.error("Usage: auth-emulator-main.ts <project> <host> <port>");
  process.exit(2);
}
const require = createRequire(import.meta.url);
compileSchemasWhenNeeded();
const { createApp } = require(SERVER) as AuthServer;
createServer(await createApp(project)).listen(Number(port), host, () => {
  console.log(`Auth emulator of ${project} on ${host}:${port}`);
});

/** Nine tenths of the emulator's start is compiling schemas of calls that nobody makes; each is compiled at its first call instead. */
function compileSchemasWhenNeeded(): void {
  const exegesis = createRequire(require.resolve(SERVER))("exegesis-express") as Exegesis;
  const { middleware } = exegesis;
  exegesis.middleware = (spec, options) => middleware(spec, { ...options, lazyCompileValidationSchemas: true });
}
