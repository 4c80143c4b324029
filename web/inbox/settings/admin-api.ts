import { type ApiPorts, callApi } from "../data/api.ts";
import type { CannedResponse } from "../data/model.ts";
import type { StaffRole } from "../session/session.ts";

/** Somebody who may sign in to the inbox. */
export interface StaffMember {
  readonly uid: string;
  readonly email?: string;
  readonly name?: string;
  readonly role: StaffRole;
}

/** Documents by collection. */
export type Counts = Readonly<Record<string, number>>;

/** What is kept of one person, over all channels. */
export interface KeptOfPerson {
  readonly conversations: readonly string[];
  readonly counts: Counts;
}

/** What only administrators do. Each throws {@link ApiError} when it is not done. */
export interface AdminApi {
  staff(): Promise<readonly StaffMember[]>;
  /** @returns the link with which the owner of a new account chooses a password */
  setRole(email: string, role: StaffRole | "none", name?: string): Promise<string | undefined>;
  /** @throws {ApiError} `shortcut_taken` */
  saveCanned(response: CannedResponse): Promise<void>;
  deleteCanned(id: string): Promise<void>;
  /** Settings of the stack that are no secrets, by the name of their variable. */
  settings(): Promise<Readonly<Record<string, string>>>;
  /** @param id of any of the person's conversations. @throws {ApiError} `unknown_conversation` */
  person(id: string): Promise<KeptOfPerson>;
  /** JSON lines: a document a line. */
  exportPerson(id: string): Promise<Blob>;
  /** For good. @returns what was removed */
  erasePerson(id: string): Promise<Counts>;
}

export function adminApi(ports: ApiPorts): AdminApi {
  const call = (path: string, body?: unknown) => callApi(ports, `/api/omni/admin/${path}`, body);
  // Our own API's answers, of the same build.
  const read = async <T>(path: string, body?: unknown) => (await (await call(path, body)).json()) as T;
  const person = (id: string) => `people/${encodeURIComponent(id)}`;
  return {
    staff: async () => (await read<{ staff: StaffMember[] }>("staff")).staff,
    setRole: async (email, role, name) =>
      (await read<{ passwordLink?: string }>("staff", { email, role, ...(name ? { name } : {}) })).passwordLink,
    saveCanned: async (response) => void (await call("canned-responses", response)),
    deleteCanned: async (id) => void (await call(`canned-responses/${encodeURIComponent(id)}/delete`, {})),
    settings: async () => (await read<{ settings: Record<string, string> }>("settings")).settings,
    person: (id) => read<KeptOfPerson>(person(id)),
    exportPerson: async (id) => (await call(`${person(id)}/export`)).blob(),
    erasePerson: async (id) => (await read<{ removed: Counts }>(`${person(id)}/erase`, { confirm: id })).removed,
  };
}
