import { expect, test, vi } from "vitest";
import type { ConversationFilter } from "../data/model.ts";
import { MOST_VIEWS, SavedViews, type ViewsChange, type ViewsStore } from "./saved-views.ts";

const WAITING: ConversationFilter = { view: "waiting", channel: "whatsapp", holder: "none" };
const PROVIDERS: ConversationFilter = { view: "open", userType: "prestador" };
const MINE: ConversationFilter = { view: "open", holder: "me" };

function browser(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

/** The person's document, with the limit that the rules hold. */
function account(views: readonly string[] = []) {
  const state = { views: [...views], reads: 0, changes: [] as ViewsChange[], reachable: true };
  const reach = () => (state.reachable ? Promise.resolve() : Promise.reject(new Error("unavailable")));
  const store: ViewsStore = {
    async read() {
      await reach();
      state.reads += 1;
      return [...state.views];
    },
    async change(change) {
      await reach();
      const others = state.views.filter((address) => !change.drop.includes(address));
      const next = [...others, ...change.keep.filter((address) => !others.includes(address))];
      if (next.length > MOST_VIEWS) throw new Error("permission-denied");
      state.changes.push(change);
      state.views = next;
    },
  };
  return { state, store };
}

const views = (count: number) => Array.from({ length: count }, (_, index) => VIEWS[index] as ConversationFilter);
const VIEWS: ConversationFilter[] = (["open", "waiting", "unread", "snoozed", "closed"] as const).flatMap((view) =>
  (["whatsapp", "instagram", "facebook", "webchat"] as const).map((channel) => ({ view, channel })),
);

test("a view that one browser keeps is there in the next, which reads one document", async () => {
  const { state, store } = account();
  const first = new SavedViews(browser(), "me", store);
  await first.sync();
  first.toggle(WAITING);
  first.toggle(PROVIDERS);
  await vi.waitFor(() => expect(state.views).toHaveLength(2));

  const second = new SavedViews(browser(), "me", store);
  expect(second.get()).toEqual([]);
  state.reads = 0;
  await Promise.all([second.sync(), second.sync()]);
  await second.sync();
  expect(second.get()).toEqual([WAITING, PROVIDERS]);
  expect(state.reads).toBe(1);
});

test("what is done shows at once, and listeners are told", async () => {
  const mine = new SavedViews(browser(), "me", account().store);
  let told = 0;
  mine.subscribe(() => {
    told += 1;
  });
  mine.toggle(WAITING);
  expect(mine.get()).toEqual([WAITING]);
  mine.toggle({ view: "waiting", holder: "none", channel: "whatsapp" });
  expect(mine.get()).toEqual([]);
  expect(told).toBe(2);
});

test("without a network everything works in this browser, a reload too, and is stored once there is one", async () => {
  const { state, store } = account(["/?holder=me"]);
  state.reachable = false;
  vi.spyOn(console, "info").mockReturnValue(undefined);
  const here = browser();
  const before = new SavedViews(here, "me", store);
  await before.sync();
  before.toggle(WAITING);
  const reloaded = new SavedViews(here, "me", store);
  expect(reloaded.get()).toEqual([WAITING]);
  state.reachable = true;
  await reloaded.sync();
  expect(reloaded.get()).toEqual([MINE, WAITING]);
  expect(state.views).toEqual(["/?holder=me", "/?view=waiting&channel=whatsapp&holder=none"]);
  expect(state.reads).toBe(1);
});

test("two browsers of one person lose nothing of each other", async () => {
  const { state, store } = account();
  const [one, other] = [new SavedViews(browser(), "me", store), new SavedViews(browser(), "me", store)];
  await Promise.all([one.sync(), other.sync()]);
  one.toggle(WAITING);
  other.toggle(PROVIDERS);
  await vi.waitFor(() => expect(state.views).toHaveLength(2));
});

test("views from when each browser had its own are taken over once", async () => {
  const { state, store } = account(["/?holder=me"]);
  const here = browser({ "servio.views.me": "/?view=waiting&channel=whatsapp&holder=none\n/?holder=me\n//[\n/status" });
  const mine = new SavedViews(here, "me", store);
  expect(mine.get()).toEqual([WAITING, MINE]);
  expect(here.kept.has("servio.views.me")).toBe(false);
  await mine.sync();
  expect(state.views).toEqual(["/?holder=me", "/?view=waiting&channel=whatsapp&holder=none"]);
  mine.toggle(WAITING);
  await vi.waitFor(() => expect(state.views).toEqual(["/?holder=me"]));
  expect(new SavedViews(here, "me", store).get()).toEqual([MINE]);
});

test("the oldest makes room where there are too many, here and in the account", async () => {
  const { state, store } = account();
  const mine = new SavedViews(browser(), "me", store);
  await mine.sync();
  for (const view of views(MOST_VIEWS + 1)) mine.toggle(view);
  expect(mine.get()).toEqual(views(MOST_VIEWS + 1).slice(1));
  await vi.waitFor(() => expect(state.views).toHaveLength(MOST_VIEWS));
  expect(state.views.at(-1)).toBe("/?view=closed&channel=whatsapp".replace("closed", "snoozed"));
});

test("what the account refuses stays in this browser, and is tried again after the next sign-in", async () => {
  const { state, store } = account();
  const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
  const here = browser();
  const mine = new SavedViews(here, "me", store);
  await mine.sync();
  state.reachable = false;
  mine.toggle(WAITING);
  await vi.waitFor(() => expect(warned).toHaveBeenCalledOnce());
  expect(mine.get()).toEqual([WAITING]);
  state.reachable = true;
  await new SavedViews(here, "me", store).sync();
  expect(state.views).toHaveLength(1);
});

test("nobody sees another's, though they share the machine", () => {
  const here = browser();
  new SavedViews(here, "me", account().store).toggle(WAITING);
  expect(new SavedViews(here, "somebody else", account().store).get()).toEqual([]);
});

test("what is stored and cannot be understood is left out; a view that is gone is an ordinary one", async () => {
  const mine = new SavedViews(browser(), "me", account(["/?view=gone&channel=fax", "//[", "/status", "", "x"]).store);
  await mine.sync();
  expect(mine.get()).toEqual([{ view: "open" }]);
});
