import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Place } from "../place.ts";

/** One route that is called by the clock. */
export interface ScheduledCall {
  /** Five-field cron, UTC. */
  readonly schedule: string;
  readonly path: `/${string}`;
  readonly description: string;
  /** Seconds the call may take, 15 to 1800. */
  readonly deadlineSeconds: number;
  /** How often a failed call is tried again at once, 0 to 5. */
  readonly retries: number;
}

/** What the clock calls. A call may come twice: every route is idempotent. */
export const CALLS: Readonly<Record<string, ScheduledCall>> = {
  sweep: {
    schedule: "* * * * *",
    path: "/api/omni/sweep/run",
    description: "Queues again what was left without an answer or half sent",
    deadlineSeconds: 50,
    // The next minute is retry enough.
    retries: 0,
  },
  automation: {
    schedule: "*/15 * * * *",
    path: "/api/omni/automation/run",
    description: "Sends the follow-ups that are due",
    deadlineSeconds: 300,
    retries: 2,
  },
  health: {
    schedule: "*/5 * * * *",
    path: "/api/omni/health/run",
    description: "Probes each channel, and subscribes again to one that Meta has let go",
    deadlineSeconds: 60,
    // Three failed probes in a row take a channel offline: a retry would count as one of them.
    retries: 0,
  },
};

export interface SchedulesArgs extends Place {
  readonly apiUrl: pulumi.Output<string>;
  readonly caller: pulumi.Output<string>;
  /** What the caller's tokens are addressed to. */
  readonly audience: string;
  /** False creates every job paused. */
  readonly enabled: boolean;
}

/** The scheduled calls, with a token that Google signs instead of a shared secret in a header. */
export class Schedules extends pulumi.ComponentResource {
  constructor(name: string, args: SchedulesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:schedule:Schedules", name, { enabled: args.enabled }, opts);
    for (const [job, call] of Object.entries(CALLS)) {
      new gcp.cloudscheduler.Job(
        job,
        {
          project: args.project,
          region: args.region,
          name: `servio-${job}`,
          description: call.description,
          schedule: call.schedule,
          timeZone: "Etc/UTC",
          paused: !args.enabled,
          attemptDeadline: `${call.deadlineSeconds}s`,
          retryConfig: { retryCount: call.retries },
          httpTarget: {
            uri: pulumi.interpolate`${args.apiUrl}${call.path}`,
            httpMethod: "POST",
            oidcToken: { serviceAccountEmail: args.caller, audience: args.audience },
          },
        },
        childOptions(this, args),
      );
    }
    this.registerOutputs({});
  }
}
