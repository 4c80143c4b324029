import * as z from "zod";
import type { OutboundFile } from "../channel.ts";
import type { Graph, GraphAnswer } from "../meta/graph.ts";

const uploaded = z.object({ id: z.string().min(1) });

/**
 * Hands a file to WhatsApp, which keeps it for thirty days under an id.
 * Source: https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#upload-media
 */
export async function uploadMedia(
  graph: Graph,
  phoneId: string,
  file: OutboundFile,
): Promise<{ readonly ok: true; readonly id: string } | Extract<GraphAnswer, { ok: false }>> {
  const answer = await graph.upload(`${phoneId}/media`, file, { messaging_product: "whatsapp", type: file.mimeType });
  // Nothing reaches the customer by an upload: it can be done again whatever became of it.
  if (!answer.ok) return answer.failure === "unknown" ? { ...answer, failure: "retry" } : answer;
  const id = uploaded.safeParse(answer.body).data?.id;
  if (id !== undefined) return { ok: true, id };
  return { ok: false, failure: "retry", code: -1, message: "Graph took the file but named no id" };
}
