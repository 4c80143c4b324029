import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, member, type Place } from "../place.ts";

/** Who runs what. An account starts with no right at all; each part grants what its own resources need. */
const ACCOUNTS = {
  api: "Runs the API, the inbox and the workers (Cloud Run)",
  webhook: "Receives Meta's webhooks (Cloud Function)",
  tasks: "Calls the API for Pub/Sub and Cloud Scheduler",
  build: "Builds the function from its archive (Cloud Build)",
} as const;

/** The service accounts of the stack, as e-mail addresses. */
export class Accounts extends pulumi.ComponentResource {
  readonly api: pulumi.Output<string>;
  readonly webhook: pulumi.Output<string>;
  readonly tasks: pulumi.Output<string>;
  /** `projects/{project}/serviceAccounts/{email}` of the caller, for rights over the account itself. */
  readonly tasksName: pulumi.Output<string>;
  /** Pub/Sub's own identity in this project, as an IAM member. */
  readonly pubsubAgent: pulumi.Output<string>;
  readonly #number: pulumi.Output<string>;
  /** `projects/{project}/serviceAccounts/{email}` of the builder. */
  readonly buildName: pulumi.Output<string>;

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
    const build = account("build");
    this.buildName = build.name;
    this.#buildRights(name, args, build.email);
    const { number } = gcp.organizations.getProjectOutput({ projectId: args.project });
    this.#number = number;
    // Administrators give and take the roles of the people at the inbox.
    new gcp.projects.IAMMember(
      `${name}-api-people`,
      { project: args.project, role: "roles/firebaseauth.admin", member: member(this.api) },
      { parent: this },
    );
    // The gauge that says which channel works.
    new gcp.projects.IAMMember(
      `${name}-api-metrics`,
      { project: args.project, role: "roles/monitoring.metricWriter", member: member(this.api) },
      { parent: this },
    );
    // How many messages wait in the queues, for the status page.
    new gcp.projects.IAMMember(
      `${name}-api-queue-depths`,
      { project: args.project, role: "roles/monitoring.viewer", member: member(this.api) },
      { parent: this },
    );
    // Asked for, since a project that has never used Pub/Sub has none, and what is not there can be granted nothing.
    this.pubsubAgent = new gcp.projects.ServiceIdentity(
      `${name}-pubsub-agent`,
      { project: args.project, service: "pubsub.googleapis.com" },
      childOptions(this, args),
    ).member;
    this.registerOutputs({ api: this.api, webhook: this.webhook, tasks: this.tasks });
  }

  /** The address that Cloud Run will give a service: it can be told before the service is there. */
  runUrl(service: string, region: string): pulumi.Output<string> {
    return pulumi.interpolate`https://${service}-${this.#number}.${region}.run.app`;
  }

  /**
   * What a build needs. Left to the default it would run as Compute Engine's account, which in many projects may edit
   * everything and in new ones nothing at all.
   */
  #buildRights(name: string, args: Place, email: pulumi.Output<string>): void {
    const grant = (right: string, role: string, condition?: gcp.types.input.projects.IAMMemberCondition): void => {
      new gcp.projects.IAMMember(
        `${name}-build-${right}`,
        { project: args.project, role, member: member(email), ...(condition ? { condition } : {}) },
        { parent: this },
      );
    };
    grant("logs", "roles/logging.logWriter");
    grant("images", "roles/artifactregistry.writer");
    grant("sources", "roles/storage.objectViewer", {
      title: "sources of functions",
      description: "Cloud Functions copies an archive to a bucket of its own before the build",
      expression: 'resource.name.startsWith("projects/_/buckets/gcf-v2-sources-")',
    });
  }
}
