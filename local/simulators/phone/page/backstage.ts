import { call } from "./api.ts";
import { h, icon } from "./dom.ts";
import { CHANNELS, type LogLine, type State, type Store } from "./store.ts";
import { CHANNEL_NAMES, clock, t, type Word } from "./words.ts";

const WINDOW_MS = 24 * 3_600_000;

interface Switch {
  readonly word: Word;
  readonly values?: Readonly<Record<string, string>>;
  readonly fault: Readonly<Record<string, unknown>>;
}

const SWITCHES: readonly Switch[] = [
  ...CHANNELS.map((channel) => ({
    word: "faultGraph" as const,
    values: { channel: CHANNEL_NAMES[channel] },
    fault: { target: "graph", mode: "error", status: 503, channel },
  })),
  { word: "faultSlowModel", fault: { target: "gemini", mode: "delay", delayMs: 6_000 } },
  { word: "faultQuota", fault: { target: "gemini", mode: "error", code: "quota" } },
  { word: "faultDown", fault: { target: "gemini", mode: "down" } },
  { word: "faultHijacked", fault: { target: "gemini", mode: "error", code: "adversarial" } },
];

/** Behind the scenes: what is known of this conversation, faults to cause, and the way each message took. */
export function createBackstage(store: Store) {
  const facts = h("dl", { class: "facts" });
  const switches = SWITCHES.map((each) => createSwitch(each));
  const endAll = h(
    "button",
    { type: "button", class: "button", onclick: () => void call("DELETE", "faults") },
    t("faultsOff"),
  );
  const log = h("ol", { class: "happened" });
  const element = h(
    "aside",
    { class: "backstage", "aria-label": t("backstage") },
    h(
      "div",
      { class: "backstage-head" },
      h("h2", {}, t("backstage")),
      h(
        "button",
        {
          type: "button",
          class: "tool",
          "aria-label": t("close"),
          onclick: () => document.body.classList.remove("behind"),
        },
        icon("close"),
      ),
    ),
    h("section", {}, h("h3", {}, t("thisChat")), facts),
    h(
      "section",
      {},
      h("h3", {}, t("faults")),
      h("div", { class: "switches" }, ...switches.map((each) => each.element)),
      endAll,
    ),
    h("section", { class: "grow" }, h("h3", {}, t("log")), log),
  );
  let drawnLog: readonly LogLine[] = [];
  return {
    element,
    update() {
      drawFacts(facts, store);
      for (const each of switches) each.update(store.state);
      endAll.hidden = (store.state?.faults.length ?? 0) === 0;
      if (drawnLog !== store.log || log.childElementCount === 0) drawLog(log, store.log);
      drawnLog = store.log;
    },
  };
}

function drawFacts(facts: HTMLElement, store: Store): void {
  const conversation = store.selected === undefined ? undefined : store.conversations.get(store.selected);
  const rows: [string, string][] = [];
  if (conversation) {
    const closes = (conversation.lastInboundAt ?? 0) + WINDOW_MS;
    const isOpen = closes > Date.now();
    rows.push([t("idLabel"), conversation.customer]);
    rows.push([t("windowLabel"), isOpen ? t("windowOpen", { time: clock(closes) }) : t("windowClosed")]);
  }
  const signature = JSON.stringify(rows);
  if (facts.dataset.drawn === signature) return;
  facts.dataset.drawn = signature;
  facts.replaceChildren(...rows.flatMap(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]));
}

function createSwitch({ word, values, fault }: Switch) {
  const isOn = (state: State | undefined) => state?.faults.some((each) => matches(each, fault)) ?? false;
  let state: State | undefined;
  const element = h(
    "button",
    {
      type: "button",
      role: "switch",
      class: "switch",
      "aria-checked": "false",
      onclick: () => void toggle(),
    },
    h("span", {}, t(word, values)),
    h("span", { class: "track", "aria-hidden": "true" }),
  );
  const toggle = async () => {
    if (!isOn(state)) {
      await call("POST", "faults", fault);
      return;
    }
    const others = state?.faults.filter((each) => each.target === fault.target && !matches(each, fault)) ?? [];
    await call("DELETE", `faults?target=${fault.target}`);
    for (const { id: _id, hits: _hits, until: _until, remaining: _remaining, ...other } of others) {
      await call("POST", "faults", other);
    }
  };
  return {
    element,
    update(next: State | undefined) {
      state = next;
      element.setAttribute("aria-checked", String(isOn(state)));
    },
  };
}

function matches(fault: object, wanted: Readonly<Record<string, unknown>>): boolean {
  const actual: Readonly<Record<string, unknown>> = { ...fault };
  return Object.entries(wanted).every(([name, value]) => actual[name] === value);
}

function drawLog(log: HTMLElement, lines: readonly LogLine[]): void {
  if (lines.length === 0) {
    log.replaceChildren(h("li", { class: "hint" }, t("logEmpty")));
    return;
  }
  const rows = lines
    .toReversed()
    .map((line) =>
      h(
        "li",
        { class: line.ok ? "ok" : "bad" },
        h("time", {}, clock(line.at)),
        line.channel
          ? h(
              "span",
              { class: `mark ${line.channel}` },
              icon(line.channel),
              h("span", { class: "unseen" }, CHANNEL_NAMES[line.channel]),
            )
          : h("span", { class: "mark" }, icon(line.ok ? "dot" : "warning")),
        h("span", { class: "what" }, line.channel ? line.text : `${line.about}: ${line.text}`),
      ),
    );
  log.replaceChildren(...rows);
}
