import type { Firestore } from "firebase-admin/firestore";
import type { Bucket } from "../../../attachments/index.ts";
import type { Sessions, Streams, WebSendDeps } from "../../../webchat/index.ts";

export interface WebchatRoutesDeps extends WebSendDeps {
  readonly db: Firestore;
  readonly sessions: Sessions;
  readonly streams: Streams;
  readonly bucket: Bucket;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds that only rise. */
  readonly monotonic: () => number;
}
