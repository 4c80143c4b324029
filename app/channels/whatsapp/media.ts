import * as z from "zod";
import type { MediaAddress } from "../channel.ts";
import type { Graph } from "../meta/graph.ts";

const media = z.object({
  url: z.string().min(1),
  file_size: z.coerce.number().nonnegative().optional().catch(undefined),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional()
    .catch(undefined),
});

/**
 * Asks for the address of a file: it lives five minutes and opens with our token only. The one that the webhook itself may
 * carry is no better, and could be older.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#retrieve-media-url
 */
export async function whatsappMedia(
  graph: Graph,
  token: string,
  file: { readonly mediaId?: string; readonly account?: string },
): Promise<MediaAddress> {
  if (file.mediaId === undefined) return { ok: false, gone: true, message: "The message names no media id" };
  const query = file.account === undefined ? "" : `?phone_number_id=${encodeURIComponent(file.account)}`;
  const answer = await graph.get(`${encodeURIComponent(file.mediaId)}${query}`);
  if (!answer.ok) return { ok: false, gone: answer.failure === "message", message: answer.message };
  const found = media.safeParse(answer.body);
  if (!found.success) return { ok: false, gone: false, message: "Graph told no address for the file" };
  const { url, file_size: size, sha256 } = found.data;
  return {
    ok: true,
    url,
    authorization: `Bearer ${token}`,
    ...(size !== undefined && { size }),
    ...(sha256 !== undefined && { sha256: sha256.toLowerCase() }),
  };
}
