export { type Chosen, chooseTemplate, type TemplateChoice } from "./choose.ts";
export * from "./model.ts";
export { statusAfter } from "./read.ts";
export { type SyncDeps, type SyncResult, syncTemplates } from "./sync.ts";
