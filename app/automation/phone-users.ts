import type { DocumentData, Firestore, QueryDocumentSnapshot } from "firebase-admin/firestore";
import * as z from "zod";
import { COLLECTIONS } from "../conversations/model.ts";
import { phoneForms } from "../conversations/user-type.ts";

/** What the platform's users say about a customer's telephone number. */
export interface PhoneUsers {
  /** The one user who has it. Two are nobody: it cannot be told which of them is writing. */
  readonly only?: QueryDocumentSnapshot;
  /** Somebody who has it wants no automations. */
  readonly optedOut: boolean;
}

/** The ways in which a profile may have written one number. */
export type Forms = readonly string[];

const NOBODY: PhoneUsers = { optedOut: false };
/** Firestore takes so many values in one `in`. https://firebase.google.com/docs/firestore/query-data/queries#limitations */
const MOST_FORMS = 30;
/** Users that one look-up reads at the most, however many numbers it is for. */
const MOST_USERS = 20;

const contact = z.object({ contact: z.object({ phone: z.string(), userId: z.undefined().optional() }) });

/** How the number of a conversation's customer may be written; none where it is not needed, or not known. */
export function formsOf(conversation: DocumentData): Forms {
  return phoneForms(contact.safeParse(conversation).data?.contact.phone);
}

/** The users of one number. At least one read, {@link MOST_USERS} and one more at the most. */
export async function usersOfPhone(db: Firestore, forms: Forms): Promise<PhoneUsers> {
  if (forms.length === 0) return NOBODY;
  const users = await readUsers(db, forms);
  return users ? among(users, forms) : { optedOut: await isAnyOptedOut(db, forms) };
}

/**
 * The users of several numbers: as many at a time as one query takes, once the first of these is wanted, so that
 * customers who are nobody's users cost a fifth of a read and not a whole one.
 */
export function usersOfPhones(db: Firestore, all: readonly Forms[]): (index: number) => Promise<PhoneUsers> {
  const groups = inGroups(all);
  const looked = new Map<number, Promise<readonly QueryDocumentSnapshot[] | undefined>>();
  return async (index) => {
    const forms = all[index] ?? [];
    if (forms.length === 0) return NOBODY;
    const group = groups.findIndex((one) => one.includes(index));
    const together = looked.get(group) ?? readUsers(db, groups[group]?.flatMap((one) => all[one] ?? []) ?? []);
    looked.set(group, together);
    const users = await together;
    return users ? among(users, forms) : usersOfPhone(db, forms);
  };
}

/** Indexes of numbers that go into one query. */
function inGroups(all: readonly Forms[]): number[][] {
  const groups: number[][] = [];
  let space = 0;
  for (const [index, forms] of all.entries()) {
    if (forms.length > space || groups.length === 0) {
      groups.push([]);
      space = MOST_FORMS;
    }
    groups.at(-1)?.push(index);
    space -= forms.length;
  }
  return groups;
}

/** All users with one of these numbers; undefined when they are more than may be read. */
async function readUsers(db: Firestore, forms: Forms): Promise<readonly QueryDocumentSnapshot[] | undefined> {
  const { docs } = await withPhone(db, forms).limit(MOST_USERS).get();
  return docs.length < MOST_USERS ? docs : undefined;
}

async function isAnyOptedOut(db: Firestore, forms: Forms): Promise<boolean> {
  return !(await withPhone(db, forms).where("optOutAutomations", "==", true).limit(1).get()).empty;
}

function withPhone(db: Firestore, forms: Forms) {
  return db.collection(COLLECTIONS.users).where("phone", "in", forms);
}

function among(users: readonly QueryDocumentSnapshot[], forms: Forms): PhoneUsers {
  const own = users.filter((user) => forms.includes(user.get("phone")));
  const [only] = own.length === 1 ? own : [];
  return { ...(only && { only }), optedOut: own.some((user) => user.get("optOutAutomations") === true) };
}
