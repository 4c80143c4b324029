import express, { type Response, type Router } from "express";
import { SimulatorError } from "../errors.ts";
import type { Simulation } from "../simulation.ts";
import type { MediaFile } from "./store.ts";

/** Where the files are downloaded, under `/media`: Meta's `lookaside` and `cdn` hosts. */
export function mediaRoutes(simulation: Simulation): Router {
  const router = express.Router();
  router.get("/whatsapp/:ticket", (request, response) => {
    if (!/^Bearer\s+\S/i.test(request.headers.authorization ?? "")) {
      throw new SimulatorError(
        401,
        "token_missing",
        "WhatsApp media need Authorization: Bearer <token>, as with Meta.",
      );
    }
    const file = simulation.media.redeem(request.params.ticket);
    if (!file) {
      const detail = "This address is older than five minutes. Ask GET /{media-id} for a new one.";
      throw new SimulatorError(404, "media_address_expired", detail);
    }
    simulation.world.count("media.downloaded");
    send(response, file);
  });
  router.get("/cdn/:id", (request, response) => {
    const file = simulation.media.get(request.params.id);
    if (!file) throw new SimulatorError(404, "media_unknown", `No file ${request.params.id} here (any more).`);
    send(response, file);
  });
  return router;
}

function send(response: Response, file: MediaFile): void {
  response
    .set({
      "content-type": file.mimeType,
      "content-disposition": `inline; filename="${encodeURIComponent(file.fileName)}"`,
    })
    .send(file.bytes);
}
