import type { MetaChannelName } from "../../app/channels/channel.ts";
import { Deliveries } from "./deliveries.ts";
import { Faults } from "./faults.ts";
import { Rates } from "./graph/limits.ts";
import { MediaStore } from "./media/store.ts";
import { defaultSettings, type Settings } from "./settings.ts";
import { type Accounts, World } from "./world.ts";

/** What the simulated Meta was told at subscription. */
export interface Connection {
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly webhookUrls: Readonly<Record<MetaChannelName, string>>;
  readonly accounts: Accounts;
  /** Where the phone page links to, if the stack says it. */
  readonly inboxUrl?: string;
  /** What a website needs to embed the chat, and to vouch for its users. */
  readonly site?: { readonly widgetUrl: string; readonly identitySecret: string };
}

/** The parts of one running simulator, handed to every route. */
export interface Simulation {
  /** `http://127.0.0.1:4402` */
  readonly url: string;
  readonly world: World;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
  readonly rates: Rates;
  readonly media: MediaStore;
  readonly settings: Settings;
  /** Channels whose account is subscribed to the app; Meta drops what happens in the others. */
  readonly subscribed: Set<MetaChannelName>;
  /** Ends with the simulator: stops every wait. */
  readonly closing: AbortSignal;
  connection: Connection | undefined;
}

/** @param options.now Unix milliseconds. */
export function createSimulation(options: {
  url: string;
  now: () => number;
  closing: AbortSignal;
  retryDelaysMs?: readonly number[];
}): Simulation {
  const world = new World(options.now);
  const simulation: Simulation = {
    url: options.url,
    world,
    faults: new Faults(world),
    deliveries: new Deliveries({
      world,
      target: (channel) => target(simulation, channel),
      ...(options.retryDelaysMs === undefined ? {} : { retryDelaysMs: options.retryDelaysMs }),
    }),
    rates: new Rates(),
    media: new MediaStore(options.url, options.now),
    settings: defaultSettings(),
    subscribed: new Set(),
    closing: options.closing,
    connection: undefined,
  };
  return simulation;
}

function target(simulation: Simulation, channel: MetaChannelName) {
  const { connection } = simulation;
  return connection && { url: connection.webhookUrls[channel], appSecret: connection.appSecret };
}

/** The connected account of a channel; before `connect` a made-up one, so that pages can be drawn. */
export function accountOf(simulation: Simulation, channel: MetaChannelName): string {
  return simulation.connection?.accounts[channel] ?? `unconnected-${channel}`;
}
