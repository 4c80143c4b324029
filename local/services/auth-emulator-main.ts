import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import { createRequire } from "node:module";

/**
 * The Auth emulator and nothing else. `firebase emulators:start` serves the same app, but wants two more ports (hub and
 * logging), looks for updates on the network, and is a second slower.
 * Usage: node auth-emulator-main.ts <project> <host> <port>
 */

interface AuthServer {
  createApp(defaultProjectId: string): Promise<RequestListener>;
}

const [project, host, port] = process.argv.slice(2);
if (project === undefined || host === undefined || port === undefined) {
  console.error("Usage: auth-emulator-main.ts <project> <host> <port>");
  process.exit(2);
}
const server = createRequire(import.meta.url)("firebase-tools/lib/emulator/auth/server.js") as AuthServer;
createServer(await server.createApp(project)).listen(Number(port), host, () => {
  console.log(`Auth emulator of ${project} on ${host}:${port}`);
});
