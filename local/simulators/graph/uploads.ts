import type { Request } from "express";
import type { MetaChannelName } from "../../../app/channels/channel.ts";
import type { MediaFile } from "../media/store.ts";
import type { Simulation } from "../simulation.ts";
import { GraphError } from "./errors.ts";

/** Files from the business: uploaded to WhatsApp, fetched by Messenger and Instagram. */

const MB = 1024 * 1024;

interface Kind {
  readonly max: number;
  readonly types: readonly string[];
}

/** Cloud API, supported media types. A document may be of any type. */
const WHATSAPP: Readonly<Record<string, Kind>> = {
  image: { max: 5 * MB, types: ["image/jpeg", "image/png"] },
  video: { max: 16 * MB, types: ["video/mp4", "video/3gpp"] },
  audio: { max: 16 * MB, types: ["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg"] },
  sticker: { max: MB / 2, types: ["image/webp"] },
  document: { max: 100 * MB, types: [] },
};

/** The largest upload that is read at all. */
export const UPLOAD_LIMIT = "110mb";

/** `POST /{phone number id}/media`. @throws {GraphError} when Meta would refuse it */
export async function uploadMedia(simulation: Simulation, request: Request): Promise<{ id: string }> {
  const form = await readForm(request);
  if (form.get("messaging_product") !== "whatsapp") {
    throw new GraphError(100, { details: "(#100) The parameter messaging_product is required." });
  }
  const file = form.get("file");
  if (!(file instanceof Blob)) throw new GraphError(100, { details: "Param file must be a file" });
  const type = String(form.get("type") ?? file.type);
  const kind = kindOf(type);
  if (file.size > kind.max) {
    throw new GraphError(131053, { details: `The file has ${file.size} bytes; ${type} may have ${kind.max}` });
  }
  const bytes = Buffer.from(await file.arrayBuffer());
  return { id: simulation.media.add({ bytes, mimeType: type, fileName: "arquivo" }).id };
}

async function readForm(request: Request): Promise<FormData> {
  const { body, headers } = request;
  const contentType = headers["content-type"] ?? "";
  if (!Buffer.isBuffer(body) || !contentType.startsWith("multipart/form-data")) {
    throw new GraphError(100, { details: "The upload is a form: multipart/form-data" });
  }
  return new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
}

function kindOf(type: string): Kind {
  const known = Object.values(WHATSAPP).find(({ types }) => types.includes(type));
  if (known) return known;
  return WHATSAPP.document ?? { max: 0, types: [] };
}

/** The uploaded file that a message names. @throws {GraphError} for an unknown id, or a type that its kind does not take */
export function uploadedFile(simulation: Simulation, kind: string, id: string | undefined): MediaFile | undefined {
  if (id === undefined) return undefined;
  const file = simulation.media.get(id);
  if (!file) throw new GraphError(131009, { details: `Media id ${id} is not one of this number's uploads` });
  const types = WHATSAPP[kind]?.types ?? [];
  if (types.length > 0 && !types.includes(file.mimeType)) {
    throw new GraphError(131053, { details: `${file.mimeType} is not a supported type for ${kind}` });
  }
  return file;
}

/** Messenger: 25 MB. Instagram: 8 MB for a picture, 25 MB else. */
const PAGE_LIMITS: Readonly<Record<Exclude<MetaChannelName, "whatsapp">, (type: string) => number>> = {
  facebook: () => 25 * MB,
  instagram: (type) => (type === "image" ? 8 * MB : 25 * MB),
};
const FETCH_TIMEOUT_MS = 10_000;

/** Fetches the file of an attachment, as Meta does before it answers. @throws {GraphError} when it cannot be had */
export async function fetchAttachment(
  simulation: Simulation,
  channel: "facebook" | "instagram",
  type: string,
  url: string,
): Promise<MediaFile> {
  const failed = (details: string) =>
    new GraphError(100, { subcode: 2018008, details: `Failed to fetch the file from the url: ${details}` });
  // Only this machine: nothing of a local stack reaches the network.
  if (!URL.canParse(url) || new URL(url).hostname !== "127.0.0.1") throw failed("only 127.0.0.1 is reached from here");
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error));
  }
  if (!response.ok) throw failed(`HTTP ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (bytes.length > PAGE_LIMITS[channel](type)) {
    throw new GraphError(100, { subcode: 2018047, details: `Upload attachment failure: ${bytes.length} bytes` });
  }
  const mimeType = response.headers.get("content-type") ?? "application/octet-stream";
  return simulation.media.add({ bytes, mimeType, fileName: "arquivo" });
}
