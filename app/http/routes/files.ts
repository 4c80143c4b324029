import * as z from "zod";
import { readRange } from "../../attachments/byte-range.ts";
import { type Bucket, readSignedFile } from "../../attachments/index.ts";
import { HttpProblem, problem } from "../problem.ts";
import { defineRoute, type Reply, type Route } from "../route.ts";

export interface FileRouteDeps {
  readonly bucket: Bucket;
  /** Any of them may have signed the link. */
  readonly secrets: readonly string[];
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** The bytes of a file for whoever has its link, whole or in parts. */
export function fileRoute({ bucket, secrets, now }: FileRouteDeps): Route {
  return defineRoute({
    method: "get",
    path: "/api/omni/files/:token",
    access: "open",
    summary: "The bytes of a file, by a link that this API has signed",
    params: z.object({ token: z.string().min(1).max(4000) }),
    answers: {
      200: { description: "The whole file" },
      206: { description: "The asked part of it" },
      404: problem("`unknown_file`: no link of ours, or the file is no longer kept"),
      410: problem("`link_expired`: ask for a new one"),
      416: problem("`range_not_satisfiable`"),
    },
    handle: async ({ params, header }) => {
      const file = readSignedFile(params.token, secrets, now());
      if (file === "expired") throw linkExpired();
      const stored = file && (await bucket.stat(file.object));
      if (!stored) throw unknownFile();
      const range = readRange(header("range"), stored.size);
      if (range === "unsatisfiable") throw unsatisfiable(stored.size);
      const length = range ? range.end - range.start + 1 : stored.size;
      const reply: Reply = {
        status: range ? 206 : 200,
        stream: await bucket.read(file.object, range),
        headers: {
          ...fileHeaders(file.contentType, file.fileName),
          "content-length": String(length),
          "cache-control": `private, max-age=${Math.floor((file.expiresAt - now()) / 1000)}, immutable`,
          "accept-ranges": "bytes",
          ...(range && { "content-range": `bytes ${range.start}-${range.end}/${stored.size}` }),
        },
      };
      return reply;
    },
  });
}

/** What a browser may show in its own window; everything else is only ever downloaded. Never SVG, HTML or XML. */
const SHOWN = /^(image\/(jpeg|png|gif|webp|avif)|video\/[\w.+-]+|audio\/[\w.+-]+|application\/pdf)$/;

/**
 * A customer's file must never run in the inbox's origin: its type is the one of its bytes, no browser may guess another,
 * and a document that is opened gets a sandbox without scripts.
 */
export function fileHeaders(contentType: string, fileName: string | undefined): Record<string, string> {
  const disposition = SHOWN.test(contentType) ? "inline" : "attachment";
  const name = fileName === undefined ? "" : `; filename*=UTF-8''${encodeRfc8187(fileName)}`;
  return {
    "content-type": contentType,
    "content-disposition": `${disposition}${name}`,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
  };
}

function encodeRfc8187(text: string): string {
  const safe = text.toWellFormed().replace(/[/\\]/g, "_").slice(0, 200);
  return encodeURIComponent(safe.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function linkExpired(): HttpProblem {
  return new HttpProblem({
    status: 410,
    code: "link_expired",
    title: "Link expired",
    detail: "Ask GET /api/omni/attachments/{messageId}/{index} for a new one.",
  });
}

function unknownFile(): HttpProblem {
  return new HttpProblem({
    status: 404,
    code: "unknown_file",
    title: "Unknown file",
    detail: "This is no link of ours, or the file is no longer kept.",
  });
}

function unsatisfiable(size: number): HttpProblem {
  return new HttpProblem({
    status: 416,
    code: "range_not_satisfiable",
    title: "Range not satisfiable",
    detail: `The file has ${size} bytes.`,
    headers: { "content-range": `bytes */${size}` },
  });
}
