import { CHANNELS } from "../../../app/channels/channel.ts";
import { USER_TYPES } from "../../../app/conversations/model.ts";
import { type ConversationFilter, HOLDERS, VIEWS } from "../data/model.ts";

/**
 * Where one is, as the address says it: `/c/{conversation}?view=unread&channel=whatsapp&type=cliente`. A link shows what
 * its sender saw. A few pages and parameters: a routing library would weigh a twelfth of the whole inbox.
 */
export type Place =
  | { readonly page: "inbox"; readonly conversationId?: string; readonly filter: ConversationFilter }
  | { readonly page: "tasks" | "status" | "metrics" }
  | {
      readonly page: "settings";
      readonly section: SettingsSection;
      /** A conversation's id: whose data is looked at. */
      readonly person?: string;
    };

/** The parts of the settings, in their order. */
export const SETTINGS_SECTIONS = ["team", "answers", "templates", "channels", "person"] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** What is not understood in an address is left out: an old link still opens the inbox. */
export function readPlace(url: Pick<URL, "pathname" | "searchParams">): Place {
  if (url.pathname === "/tasks") return { page: "tasks" };
  if (url.pathname === "/status") return { page: "status" };
  if (url.pathname === "/metrics") return { page: "metrics" };
  const settings = /^\/settings(?:\/(\w+))?$/.exec(url.pathname);
  if (settings) return settingsPlace(settings[1], url.searchParams.get("person"));
  const get = (name: string) => url.searchParams.get(name);
  const channel = CHANNELS.find((known) => known === get("channel"));
  const userType = USER_TYPES.find((known) => known === get("type"));
  const holder = HOLDERS.find((known) => known === get("holder"));
  const filter: ConversationFilter = {
    view: VIEWS.find((known) => known === get("view")) ?? "open",
    ...(channel === undefined ? {} : { channel }),
    ...(userType === undefined ? {} : { userType }),
    ...(holder === undefined ? {} : { holder }),
  };
  const conversationId = decoded(/^\/c\/([^/]+)$/.exec(url.pathname)?.[1]);
  return { page: "inbox", filter, ...(conversationId === undefined ? {} : { conversationId }) };
}

function settingsPlace(name: string | undefined, person: string | null): Place {
  const section = SETTINGS_SECTIONS.find((known) => known === name) ?? "team";
  return { page: "settings", section, ...(person ? { person } : {}) };
}

/** The address of a place: the inverse of {@link readPlace}. */
export function addressOf(place: Place): string {
  if (place.page === "settings") {
    const person = place.person === undefined ? "" : `?${new URLSearchParams({ person: place.person })}`;
    return `/settings/${place.section}${person}`;
  }
  if (place.page !== "inbox") return `/${place.page}`;
  const { view, channel, userType, holder } = place.filter;
  const search = new URLSearchParams();
  if (view !== "open") search.set("view", view);
  if (channel !== undefined) search.set("channel", channel);
  if (userType !== undefined) search.set("type", userType);
  if (holder !== undefined) search.set("holder", holder);
  const path = place.conversationId === undefined ? "/" : `/c/${encodeURIComponent(place.conversationId)}`;
  return search.size === 0 ? path : `${path}?${search}`;
}

/** `%` that encodes nothing makes `decodeURIComponent` throw: such an address names no conversation. */
function decoded(part: string | undefined): string | undefined {
  if (part === undefined || /%(?![0-9a-f]{2})/i.test(part)) return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
