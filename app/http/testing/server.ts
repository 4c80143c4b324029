import { createServer, type RequestListener } from "node:http";

export interface TestServer extends AsyncDisposable {
  /** `http://127.0.0.1:{port}` */
  readonly url: string;
}

/** Listens on a free port of this machine until disposed of. */
export async function listen(handler: RequestListener): Promise<TestServer> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The test server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
