import { createServer } from "node:http";
import { answer, channelOfPath, type ParsedRequest } from "../../app/inbound/node.ts";
import { leanReceive } from "./lean-receiver.ts";
import { BENCH_SECRET, stubbedReceive } from "./stubbed-receive.ts";

/** `node node-server.ts ours|lean`: either receiver on bare `node:http`, on $PORT. */

const ours = process.argv[2] === "ours";
const receive = stubbedReceive();

const server = createServer((request: ParsedRequest, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    if (ours) {
      request.rawBody = body;
      void answer(receive, channelOfPath(request.url ?? "/"), request, response);
      return;
    }
    const signature = request.headers["x-hub-signature-256"];
    response.statusCode = leanReceive(BENCH_SECRET, typeof signature === "string" ? signature : undefined, body);
    response.end("EVENT_RECEIVED");
  });
});
// A profile is written when the process ends by itself (`node --cpu-prof`).
process.once("SIGINT", () => process.exit());
server.listen(Number(process.env.PORT), "127.0.0.1");
