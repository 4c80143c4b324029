import { type Quantity, quantity } from "../money.ts";
import { CLOUD_RUN } from "../prices/index.ts";
import { baseline, type Context, DAYS, type Demand, MONTH_SECONDS, usage } from "./model.ts";

/** What one kind of call takes of an instance in a month. */
export interface Work {
  /** What the calls are, such as `answers`. */
  readonly of: string;
  readonly callsPerMonth: number;
  /** Of one call, before it is rounded up to the 100 ms that Cloud Run counts in. */
  readonly milliseconds: number;
  /** Scheduled calls come whether or not anybody writes. @default "usage" */
  readonly kind?: Demand["kind"];
}

/** An instance: how large, how many are kept warm, and whether its CPU is paid for between requests. */
export interface Instance {
  readonly milliCpus: number;
  readonly mebibytes: number;
  readonly warm: number;
  readonly alwaysOn: boolean;
}

/**
 * Cloud Run's price of an instance. Paid by request: each call counts from its start to its end, alone, since calls that
 * share an instance's second cannot be foreseen; a warm instance counts as idle for the whole month. Paid by instance
 * (CPU always allocated): whole instance lives, and one at least.
 */
export function instanceDemands(instance: Instance, works: readonly Work[]): Demand[] {
  if (instance.alwaysOn) {
    const seconds = MONTH_SECONDS * Math.max(1, instance.warm) * 1000;
    return [
      baseline("CPU, always allocated", CLOUD_RUN.alwaysOnCpu, cpuSeconds(instance, seconds)),
      baseline("memory, always allocated", CLOUD_RUN.alwaysOnMemory, gibSeconds(instance, seconds)),
    ];
  }
  const idle = MONTH_SECONDS * instance.warm * 1000;
  return [
    baseline("CPU of warm instances", CLOUD_RUN.idleCpu, cpuSeconds(instance, idle)),
    baseline("memory of warm instances", CLOUD_RUN.idleMemory, gibSeconds(instance, idle)),
    ...works.flatMap((work) => {
      const demand = work.kind === "baseline" ? baseline : usage;
      const active = work.callsPerMonth * Math.ceil(work.milliseconds / 100) * 100;
      return [
        demand(`CPU of ${work.of}`, CLOUD_RUN.cpu, cpuSeconds(instance, active)),
        demand(`memory of ${work.of}`, CLOUD_RUN.memory, gibSeconds(instance, active)),
        demand(`requests: ${work.of}`, CLOUD_RUN.requests, quantity(work.callsPerMonth)),
      ];
    }),
  ];
}

function cpuSeconds(instance: Instance, milliseconds: number): Quantity {
  return quantity(BigInt(milliseconds) * BigInt(instance.milliCpus), 1_000_000);
}

function gibSeconds(instance: Instance, milliseconds: number): Quantity {
  return quantity(BigInt(milliseconds) * BigInt(instance.mebibytes), 1000 * 1024);
}

/** What a browser keeps open counts as one call that lasts for minutes. */
export function streams(context: Context): Work {
  return { of: "live streams", callsPerMonth: context.usage.streamMinutesPerDay * DAYS, milliseconds: 60_000 };
}
