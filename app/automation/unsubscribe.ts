import { createHmac } from "node:crypto";
import type { Firestore } from "firebase-admin/firestore";
import { FieldValue } from "firebase-admin/firestore";
import { sameSecret } from "../channels/signature.ts";
import { COLLECTIONS } from "../conversations/model.ts";

/** A link that ends automatic messages for one user, without signing in: what it may do is in it, signed. */

/** So that a signature made for this can be used for nothing else. */
const PURPOSE = "servio-omnichannel unsubscribe v1";

/** @param secret the newest of the automation secrets; links stay valid while it is in the list */
export function unsubscribeToken(userId: string, secret: string): string {
  const subject = Buffer.from(userId, "utf8").toString("base64url");
  return `${subject}.${sign(subject, secret)}`;
}

/** Whose link it is; undefined when none of the secrets has signed it. */
export function readUnsubscribeToken(token: string, secrets: readonly string[]): string | undefined {
  const [subject, signature, ...rest] = token.split(".");
  if (!subject || !signature || rest.length > 0) return undefined;
  if (!secrets.some((secret) => sameSecret(sign(subject, secret), signature))) return undefined;
  const userId = Buffer.from(subject, "base64url").toString("utf8");
  return userId === "" || userId.includes("/") ? undefined : userId;
}

function sign(subject: string, secret: string): string {
  return createHmac("sha256", secret).update(`${PURPOSE}\n${subject}`).digest("base64url");
}

/** Sets the specification's field, also for an address that has no account yet. */
export async function setOptOut(db: Firestore, userId: string, optOut: boolean): Promise<void> {
  const fields = { optOutAutomations: optOut, optOutAutomationsAt: FieldValue.serverTimestamp() };
  await db.collection(COLLECTIONS.users).doc(userId).set(fields, { merge: true });
}
