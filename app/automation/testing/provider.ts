import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Firestore } from "firebase-admin/firestore";
import { raiseTo } from "../../conversations/testing/world.ts";

/** A provider in another process than the run: counts what really arrived, and tells by status what it took. */
export interface CountingProvider {
  readonly url: string;
  /** How often each of our message ids arrived. */
  readonly arrivals: ReadonlyMap<string, number>;
  /** Waits until so many more have arrived, counted before any of them is answered. */
  more(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startProvider(db: Firestore): Promise<CountingProvider> {
  const arrivals = new Map<string, number>();
  const news = new EventEmitter();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const id = Buffer.concat(chunks).toString();
    arrivals.set(id, (arrivals.get(id) ?? 0) + 1);
    news.emit("arrival");
    const providerId = `wamid.${id}`;
    // The status webhook comes whether or not the sender lives to hear the answer.
    await raiseTo(db, id, "sent", providerId);
    response.end(providerId);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    more: async (count) => {
      for (let seen = 0; seen < count; seen += 1) await once(news, "arrival");
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
