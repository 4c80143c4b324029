import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Place } from "../place.ts";

/** Who runs what. An account starts with no right at all; each part grants what its own resources need. */
const ACCOUNTS = {
  api: "Runs the API, the inbox and the workers (Cloud Run)",
  webhook: "Receives Meta's webhooks (Cloud Function)",
  tasks: "Calls the API for Pub/Sub and Cloud Scheduler",
} as const;

/** The service accounts of the stack, as e-mail addresses. */
export class Accounts extends pulumi.ComponentResource {
  readonly api: pulumi.Output<string>;
  readonly webhook: pulumi.Output<string>;
  readonly tasks: pulumi.Output<string>;
  /** `projects/{project}/serviceAccounts/{email}` of the caller, for rights over the account itself. */
  readonly tasksName: pulumi.Output<string>;

  constructor(name: string, args: Place, opts?: pulumi.ComponentResourceOptions) {
    super("servio:identity:Accounts", name, {}, opts);
    const account = (part: keyof typeof ACCOUNTS): gcp.serviceaccount.Account =>
      new gcp.serviceaccount.Account(
        `${name}-${part}`,
        { project: args.project, accountId: `servio-${part}`, displayName: ACCOUNTS[part] },
        childOptions(this, args),
      );
    const tasks = account("tasks");
    this.api = account("api").email;
    this.webhook = account("webhook").email;
    this.tasks = tasks.email;
    this.tasksName = tasks.name;
    this.registerOutputs({ api: this.api, webhook: this.webhook, tasks: this.tasks });
  }
}
