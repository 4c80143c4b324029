import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HOST } from "../ports.ts";

/** What can be wrong with the way to an emulator. */
export type LinkFault =
  | { readonly mode: "down" }
  | { readonly mode: "hang" }
  | { readonly mode: "delay"; readonly delayMs: number };

/**
 * The app's way to an emulator, on a port of its own: it can be cut, stalled or slowed for a drill, while tests and
 * people look at the emulator itself, and its data stay.
 */
export interface Link {
  /** `127.0.0.1:port`, for the app. */
  readonly host: string;
  /** Undefined mends it. */
  setFault(fault: LinkFault | undefined): void;
  close(): Promise<void>;
}

/** @param port where the app connects. @param target the emulator's port. */
export async function openLink(port: number, target: number): Promise<Link> {
  const sockets = new Set<Socket>();
  let fault: LinkFault | undefined;
  let mended = Promise.withResolvers<void>();

  /** Bytes wait here while the link hangs or is slow; their order stays. */
  function gate(): Transform {
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (fault?.mode === "hang") void mended.promise.then(() => done(null, chunk));
        else if (fault?.mode === "delay") setTimeout(() => done(null, chunk), fault.delayMs).unref();
        else done(null, chunk);
      },
    });
  }

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    socket.setNoDelay(true);
    // A broken connection is what a link passes on; `pipeline` sees it, but stops listening once it has.
    socket.on("error", () => socket.destroy());
    return socket.once("close", () => sockets.delete(socket));
  }

  const server = createServer((near) => {
    keep(near);
    if (fault?.mode === "down") {
      near.resetAndDestroy();
      return;
    }
    const far = keep(connect({ host: HOST, port: target }));
    // When one side ends or breaks, so does the other: the app sees what it would see without a link in between.
    const breakBoth = (): void => {
      near.destroy();
      far.destroy();
    };
    pipeline(near, gate(), far).catch(breakBoth);
    pipeline(far, gate(), near).catch(breakBoth);
  });
  server.listen({ host: HOST, port });
  await once(server, "listening");
  return {
    host: `${HOST}:${port}`,
    setFault(next) {
      fault = next;
      mended.resolve();
      mended = Promise.withResolvers<void>();
      if (next?.mode === "down") for (const socket of sockets) socket.resetAndDestroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      if (server.listening) await once(server, "close");
    },
  };
}
