import { quantity } from "../money.ts";
import { BUILDS, NETWORK, OBSERVABILITY, SECRETS } from "../prices/index.ts";
import { at, listAt, numberAt, type Resource, textAt } from "../resource.ts";
import { callsPerMonth } from "./calls.ts";
import { type Instance, instanceDemands, streams, type Work } from "./instances.ts";
import { type Context, DAYS, type Demand, demanding, isFirst, usage } from "./model.ts";
import { functionMilliCpus, mebibytes, milliCpus } from "./sizes.ts";

const GIB = 2 ** 30;

/** What Cloud Run gives a container that asks for nothing. */
const SERVICE_DEFAULT = { milliCpus: 1000, mebibytes: 512 };
/** What Cloud Functions gives a function that asks for nothing. */
const FUNCTION_DEFAULT_MEBIBYTES = 256;

export const cloudRunService = demanding((resource, context) => {
  const works = isFirst(resource, context) ? apiWork(context) : [];
  return [
    ...instanceDemands(serviceInstance(resource), works),
    ...surroundings(context, works, containerSecrets(resource)),
    ...(isFirst(resource, context)
      ? [usage("data to the internet", NETWORK.egress, quantity(context.usage.egressMiBPerDay * DAYS, 1024))]
      : []),
  ];
});

export const cloudFunction = demanding((resource, context) => {
  const works = isFirst(resource, context) ? webhookWork(context) : [];
  const { deploysPerMonth, functionImagesMiB } = context.usage;
  return [
    ...instanceDemands(functionInstance(resource), works),
    ...surroundings(context, works, listAt(resource, "serviceConfig", "secretEnvironmentVariables").length),
    // A build of a Node.js function takes about two minutes.
    usage("builds", BUILDS.minutes, quantity(deploysPerMonth * 2)),
    usage("images", BUILDS.images, quantity(BigInt(functionImagesMiB) * 1_048_576n, 1_000_000_000n)),
  ];
});

function apiWork(context: Context): Work[] {
  const { apiRequestsPerDay, apiRequestMs, repliesPerDay, replyMs, fallbackEventsPerDay, scheduledCallMs } =
    context.usage;
  return [
    { of: "API requests", callsPerMonth: apiRequestsPerDay * DAYS, milliseconds: apiRequestMs },
    { of: "answers", callsPerMonth: repliesPerDay * DAYS, milliseconds: replyMs },
    { of: "late events", callsPerMonth: fallbackEventsPerDay * DAYS, milliseconds: apiRequestMs },
    {
      of: "scheduled calls",
      callsPerMonth: callsPerMonth(context.resources),
      milliseconds: scheduledCallMs,
      kind: "baseline",
    },
    streams(context),
  ];
}

function webhookWork({ usage: { webhooksPerDay, webhookMs } }: Context): Work[] {
  return [{ of: "webhooks", callsPerMonth: webhooksPerDay * DAYS, milliseconds: webhookMs }];
}

function serviceInstance(resource: Resource): Instance {
  const container = ["template", "containers", 0, "resources"] as const;
  return {
    milliCpus: milliCpus(textAt(resource, ...container, "limits", "cpu")) ?? SERVICE_DEFAULT.milliCpus,
    mebibytes: mebibytes(textAt(resource, ...container, "limits", "memory")) ?? SERVICE_DEFAULT.mebibytes,
    warm: numberAt(resource, "template", "scaling", "minInstanceCount") ?? 0,
    // Left out beside other resources, `cpuIdle` means a CPU that is paid for day and night.
    alwaysOn: at(resource, ...container) !== undefined && at(resource, ...container, "cpuIdle") !== true,
  };
}

function functionInstance(resource: Resource): Instance {
  const memory = mebibytes(textAt(resource, "serviceConfig", "availableMemory")) ?? FUNCTION_DEFAULT_MEBIBYTES;
  return {
    milliCpus: milliCpus(textAt(resource, "serviceConfig", "availableCpu")) ?? functionMilliCpus(memory),
    mebibytes: memory,
    warm: numberAt(resource, "serviceConfig", "minInstanceCount") ?? 0,
    alwaysOn: false,
  };
}

function containerSecrets(resource: Resource): number {
  return listAt(resource, "template", "containers", 0, "envs").filter(
    (variable) => typeof variable === "object" && variable !== null && "valueSource" in variable,
  ).length;
}

/** What every service needs beside its instances: its secrets at each start, and its logs. */
function surroundings(context: Context, works: readonly Work[], secrets: number): Demand[] {
  const { startsPerDay, logBytesPerRequest } = context.usage;
  const requests = works.reduce((sum, work) => sum + work.callsPerMonth, 0);
  return [
    usage("secrets read at start", SECRETS.accesses, quantity(startsPerDay * secrets * DAYS)),
    usage("logs", OBSERVABILITY.logs, quantity(requests * logBytesPerRequest, GIB)),
  ];
}
