export { answerJob, type JobResult } from "./answer.ts";
export { handBackOverdue } from "./hand-back.ts";
export { conversationId, messageId, replyId } from "./ids.ts";
export {
  type ConversationFilter,
  getConversation,
  listConversations,
  listMessages,
  type Page,
  type Place,
} from "./list.ts";
export { type ManualDeps, type ManualMessage, type ManualResult, sendManualMessage } from "./manual-message.ts";
export { raiseStatus } from "./message-status.ts";
export * from "./model.ts";
export { createOutboxStore } from "./outbox-store.ts";
export type { DeliveryDeps, ReplyDeps } from "./ports.ts";
export { createReplyStore } from "./reply-store.ts";
export { showSeen } from "./seen.ts";
export { actOnConversation, type StaffAction } from "./staff.ts";
export { reportOverdue, type SweepReport, sweep } from "./sweep.ts";
