export { type AtTheDesk, agentName, recordAgent, recordLeft, recordSignedOut } from "./agents.ts";
export * from "./model.ts";
export { addNote, type NewNote } from "./notes.ts";
export { type Signal, signalPresence } from "./presence.ts";
export {
  cancelScheduled,
  type NewScheduled,
  type ScheduledReport,
  scheduleMessage,
  sendScheduled,
} from "./scheduled.ts";
