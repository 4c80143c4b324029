import type { Firestore, QueryDocumentSnapshot } from "firebase-admin/firestore";
import * as z from "zod";
import { COLLECTIONS, type Conversation, customerOf, USER_TYPES, type UserType } from "./model.ts";
import type { Person } from "./ports.ts";

/** What the platform's own documents may say; they belong to another part of Servio, so everything is optional. */
const userDocument = z.object({
  userType: z.enum(USER_TYPES).optional().catch(undefined),
  type: z.enum(USER_TYPES).optional().catch(undefined),
  role: z.enum(USER_TYPES).optional().catch(undefined),
  name: z.string().min(1).max(120).optional().catch(undefined),
  phoneVerified: z.boolean().optional().catch(undefined),
});

interface Found {
  readonly id: string;
  readonly data: unknown;
  /** The channel itself vouches for the identity (the id is the user's), not only a number typed into a profile. */
  readonly proven: boolean;
}

/**
 * Looks up who is writing: `users` by id, then by phone, then `prospects` by phone, else a `cliente`. Each time anew: who
 * signs up as a provider today is one in the next answer, and who loses a role loses its facts.
 */
export async function resolvePerson(db: Firestore, conversation: Conversation): Promise<Person> {
  const known = await userById(db, conversation);
  if (known) return describeUser(known);
  const phones = phoneForms(phoneOf(conversation));
  const [user, prospect] = await Promise.all([
    oneByPhone(db, COLLECTIONS.users, phones),
    oneByPhone(db, COLLECTIONS.prospects, phones),
  ]);
  if (user) return describeUser(user);
  return { userType: prospect ? "prospector" : "cliente" };
}

/**
 * A user who typed somebody else's number into the profile must not get that person's conversation: the link (and the
 * name) is taken only from an id that the channel vouches for, or from a number that the platform has verified.
 */
export function describeUser(found: Found): Person {
  const user = userDocument.safeParse(found.data).data ?? {};
  const userType: UserType = user.userType ?? user.type ?? user.role ?? "cliente";
  if (!found.proven && user.phoneVerified !== true) return { userType };
  return { userType, userId: found.id, ...(user.name !== undefined && { name: user.name }) };
}

async function userById(db: Firestore, conversation: Conversation): Promise<Found | undefined> {
  const id =
    conversation.contact?.userId ?? (conversation.channel === "webchat" ? customerOf(conversation) : undefined);
  if (id === undefined || id === "" || id.includes("/")) return undefined;
  const user = await db.collection(COLLECTIONS.users).doc(id).get();
  return user.exists ? { id, data: user.data(), proven: true } : undefined;
}

/** The one document with this phone. Two of them are nobody: guessing would show one person's data to the other. */
async function oneByPhone(db: Firestore, collection: string, phones: readonly string[]): Promise<Found | undefined> {
  if (phones.length === 0) return undefined;
  const { docs } = await db.collection(collection).where("phone", "in", phones).limit(2).get();
  const only: QueryDocumentSnapshot | undefined = docs.length === 1 ? docs[0] : undefined;
  return only && { id: only.id, data: only.data(), proven: false };
}

function phoneOf(conversation: Conversation): string | undefined {
  return conversation.contact?.phone ?? (conversation.channel === "whatsapp" ? customerOf(conversation) : undefined);
}

/**
 * How a profile may have written the number: with or without `+` and country code 55, and, for Brazilian mobiles, with
 * or without the ninth digit, which WhatsApp's ids of older accounts lack.
 */
export function phoneForms(phone: string | undefined): string[] {
  const digits = (phone ?? "").replace(/\D/g, "");
  if (digits.length < 8) return [];
  const numbers = new Set([digits, ...brazilianTwin(digits)]);
  const forms = [...numbers].flatMap((number) => [number, `+${number}`, ...national(number)]);
  return [...new Set(forms)];
}

function brazilianTwin(digits: string): string[] {
  const [, area, subscriber] = digits.match(/^55(\d{2})(\d{8,9})$/) ?? [];
  if (area === undefined || subscriber === undefined) return [];
  if (subscriber.length === 9) return subscriber.startsWith("9") ? [`55${area}${subscriber.slice(1)}`] : [];
  // Landlines begin with 2 to 5 and never had a ninth digit.
  return /^[6-9]/.test(subscriber) ? [`55${area}9${subscriber}`] : [];
}

function national(digits: string): string[] {
  return /^55\d{10,11}$/.test(digits) ? [digits.slice(2)] : [];
}
