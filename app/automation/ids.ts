import { hashedId } from "../conversations/ids.ts";

/** Firestore takes 1,500 bytes; the rest is for the trigger and the time. */
const LONGEST_ENTITY = 1_300;

/** `{trigger}_{entity}_{due}`: one send per entity and the time it became due. */
export function sendId(trigger: string, entity: string, due: number | string): string {
  const name = Buffer.byteLength(entity) > LONGEST_ENTITY ? hashedId(entity) : entity;
  return `${trigger}_${name}_${typeof due === "number" ? new Date(due).toISOString() : hashedId(due)}`;
}

/** The message that a send writes on its n-th way: the same however often a run is repeated. */
export function automationMessageId(send: string, attempt: number): string {
  return hashedId(`${send}\nautomation\n${attempt}`);
}
