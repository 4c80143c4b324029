import type { Route } from "../route.ts";
import type { WebchatRoutesDeps } from "./webchat/deps.ts";
import { messagesRoute, readRoute, streamRoute } from "./webchat/read.ts";
import { sessionRoute } from "./webchat/session.ts";
import { sendRoute, uploadRoute } from "./webchat/write.ts";

/** What the chat calls: a session, messages both ways, and the live stream. */
export function webchatRoutes(deps: WebchatRoutesDeps): Route[] {
  return [
    sessionRoute(deps),
    sendRoute(deps),
    uploadRoute(deps),
    messagesRoute(deps),
    readRoute(deps),
    streamRoute(deps),
  ];
}
