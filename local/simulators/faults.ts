import { setTimeout as wait } from "node:timers/promises";
import type { Request, Response } from "express";
import * as z from "zod";
import { SimulatorError } from "./errors.ts";
import type { World } from "./world.ts";

export const FAULT_TARGETS = ["graph", "gemini", "sendgrid", "slack", "firestore", "pubsub"] as const;
export type FaultTarget = (typeof FAULT_TARGETS)[number];

/** Body of `POST /control/faults`. */
export const faultInput = z
  .strictObject({
    target: z.enum(FAULT_TARGETS),
    mode: z.enum(["error", "delay", "down", "hang"]),
    /** HTTP status of `error`. */
    status: z.int().min(400).max(599).optional(),
    /** Graph: the error code. Gemini: the name of a failure, see gemini/failures.ts. */
    code: z.union([z.int(), z.string().min(1)]).optional(),
    /** Graph's `error_subcode`. */
    subcode: z.int().optional(),
    /** How long `delay` waits. @default 3000 */
    delayMs: z.int().min(0).max(600_000).optional(),
    /** Ends after so many calls; without `count` and `forMs` it lasts until it is deleted. */
    count: z.int().min(1).optional(),
    /** Ends after so many milliseconds. */
    forMs: z.int().min(1).optional(),
    /** Graph only: this channel's sends alone. */
    channel: z.enum(["whatsapp", "instagram", "facebook"]).optional(),
    /** Graph only: refuse in the answer, or accept and report `failed` by webhook. @default "response" */
    via: z.enum(["response", "status"]).optional(),
    /** The call takes effect first, then the fault hits the answer: a send whose outcome the app cannot know. */
    processed: z.boolean().optional(),
  })
  .refine((fault) => fault.count === undefined || fault.forMs === undefined, "give count or forMs, not both");
export type FaultInput = z.output<typeof faultInput>;

export interface Fault extends FaultInput {
  readonly id: number;
  /** Unix milliseconds; absent: until deleted. */
  readonly until?: number;
  remaining?: number;
  hits: number;
}

/** For parts that bring their own way to fail, such as the emulators' proxies. */
export interface FaultHook {
  /** Called when a fault for the target begins. */
  begin(fault: FaultInput): void | Promise<void>;
  /** Called when it ends: deleted, or `forMs` over. Counting calls is the hook's own business. */
  end(fault: FaultInput): void | Promise<void>;
}

/** What a fault may be about. */
export interface Call {
  readonly channel?: string | undefined;
  /** A webhook tells what becomes of it: only then can it be refused that way. Nothing is told of typing and reading. */
  readonly reported?: boolean;
}

const DEFAULT_DELAY_MS = 3_000;

/** Which faults are on. The oldest that fits a call is the one that hits it. */
export class Faults {
  readonly #world: World;
  readonly #hooks = new Map<FaultTarget, FaultHook>();
  readonly #timers = new Map<number, NodeJS.Timeout>();
  readonly #builtIn: ReadonlySet<FaultTarget> = new Set(["graph", "gemini", "sendgrid", "slack"]);
  #faults: Fault[] = [];
  #lastId = 0;

  constructor(world: World) {
    this.#world = world;
  }

  register(target: FaultTarget, hook: FaultHook): void {
    this.#hooks.set(target, hook);
  }

  /** @throws {SimulatorError} 422 when nobody here can play this target's faults. */
  async add(input: FaultInput): Promise<Fault> {
    const hook = this.#hooks.get(input.target);
    if (!hook && !this.#builtIn.has(input.target)) {
      const known = [...this.#builtIn, ...this.#hooks.keys()].join(", ");
      throw new SimulatorError(
        422,
        "target_not_simulated",
        `Nothing here can fail as ${input.target}; this stack knows ${known}.`,
      );
    }
    const id = ++this.#lastId;
    const fault: Fault = {
      ...input,
      id,
      hits: 0,
      ...(input.forMs === undefined ? {} : { until: this.#world.now() + input.forMs }),
      ...(input.count === undefined ? {} : { remaining: input.count }),
    };
    await hook?.begin(input);
    this.#faults.push(fault);
    if (input.forMs !== undefined) {
      const timer = setTimeout(() => void this.#end([fault]), input.forMs);
      timer.unref();
      this.#timers.set(id, timer);
    }
    this.#world.note({ about: "fault", ok: false, text: nameOf(input) });
    this.#world.events.emit("state");
    return fault;
  }

  /** Ends all faults, or one target's. Answers how many there were. */
  async clear(target?: FaultTarget): Promise<number> {
    const ending = this.list().filter((fault) => target === undefined || fault.target === target);
    await this.#end(ending);
    return ending.length;
  }

  list(): readonly Fault[] {
    const now = this.#world.now();
    return this.#faults.filter((fault) => (fault.until ?? Number.POSITIVE_INFINITY) > now && fault.remaining !== 0);
  }

  /** The fault that hits this call, counted; none: the call is fine. */
  take(target: FaultTarget, call: Call = {}): Fault | undefined {
    const fault = this.list().find(
      (each) =>
        each.target === target &&
        (each.channel === undefined || each.channel === call.channel) &&
        (each.via !== "status" || call.reported === true),
    );
    if (!fault) return undefined;
    fault.hits += 1;
    if (fault.remaining !== undefined) fault.remaining -= 1;
    if (fault.remaining === 0) void this.#end([fault]);
    return fault;
  }

  /** Runs also from timers, where nobody could catch: a hook's own fault is written to the log. */
  async #endHook(fault: Fault): Promise<void> {
    try {
      await this.#hooks.get(fault.target)?.end(fault);
    } catch (error) {
      this.#world.note({ about: "fault", ok: false, text: `${fault.target}: could not end the fault: ${error}` });
    }
  }

  async #end(ending: readonly Fault[]): Promise<void> {
    this.#faults = this.#faults.filter((fault) => !ending.includes(fault));
    for (const fault of ending) {
      clearTimeout(this.#timers.get(fault.id));
      this.#timers.delete(fault.id);
      await this.#endHook(fault);
      this.#world.note({ about: "fault", ok: true, text: `${nameOf(fault)}: ended` });
    }
    if (ending.length > 0) this.#world.events.emit("state");
  }
}

function nameOf({ target, channel, mode, code, status }: FaultInput): string {
  return [channel ?? target, mode, code ?? status ?? ""].join(" ").trim();
}

/**
 * Does what a fault of the network does to this call. @returns true when there is nothing left to answer; `error` is
 * left to the caller, who knows how its API words one.
 */
export async function playFault(fault: Fault, request: Request, response: Response): Promise<boolean> {
  if (fault.mode === "delay") await wait(fault.delayMs ?? DEFAULT_DELAY_MS, undefined, { ref: false });
  if (fault.mode === "down") request.socket.resetAndDestroy();
  // A call that hangs keeps its connection until the caller gives up; the server cuts what is left when it closes.
  return fault.mode === "down" || fault.mode === "hang" || response.destroyed;
}
