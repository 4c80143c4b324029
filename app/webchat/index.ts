export { isAllowedOrigin } from "./origins.ts";
export { markRead } from "./read.ts";
export { type Sent, sendFromVisitor, type WebSendDeps } from "./send.ts";
export {
  createSessions,
  IDENTITY_AUDIENCE,
  type Refusal,
  type Session,
  type Sessions,
  type Visitor,
} from "./session.ts";
export { createStreams, type StreamRefusal, type Streams } from "./stream.ts";
export {
  createFileLinks,
  type FileLinks,
  stateForVisitor,
  viewForVisitor,
  visitorMessageView,
  visitorStateView,
} from "./view.ts";
