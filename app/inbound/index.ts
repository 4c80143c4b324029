export { createInboundTask, type InboundTaskOptions } from "./fallback-task.ts";
export { fastWrites } from "./fast.ts";
export { firestoreStore } from "./firestore.ts";
export { answer, channelOfPath, expressHandlers, type ParsedRequest } from "./node.ts";
export { createInboundStore, type InboundStore, type Persisted, type PersistOptions } from "./persist.ts";
export {
  createFallbackQueue,
  createMediaQueue,
  createRepliesQueue,
  type FallbackMessage,
  type FallbackQueue,
  warmPublisher,
} from "./queue.ts";
export {
  createReceive,
  type InboundRequest,
  MAX_BODY_BYTES,
  type Receive,
  type ReceiveOptions,
} from "./receive.ts";
export { AlreadyExists, type StorePort, type Write } from "./store.ts";
