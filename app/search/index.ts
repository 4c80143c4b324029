export { type Found, searchConversations } from "./search.ts";
export { nameBeginnings, searchWords } from "./words.ts";
