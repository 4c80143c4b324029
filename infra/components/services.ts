import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";

/** The Google APIs this program knows. */
export const APIS = [
  "apikeys.googleapis.com",
  "artifactregistry.googleapis.com",
  "billingbudgets.googleapis.com",
  "cloudbuild.googleapis.com",
  "cloudfunctions.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "cloudscheduler.googleapis.com",
  "compute.googleapis.com",
  "firebaserules.googleapis.com",
  "firestore.googleapis.com",
  "iam.googleapis.com",
  "identitytoolkit.googleapis.com",
  "logging.googleapis.com",
  "monitoring.googleapis.com",
  "pubsub.googleapis.com",
  "run.googleapis.com",
  "secretmanager.googleapis.com",
  "storage.googleapis.com",
] as const;

/** An API by the part of its name that differs. */
export type Api = (typeof APIS)[number] extends `${infer Name}.googleapis.com` ? Name : never;

export interface ServicesArgs {
  readonly project: string;
  /** APIs that only some stacks use, and whether this one does. */
  readonly optional: Readonly<Record<"billingbudgets" | "compute", boolean>>;
}

/** Turns on the Google APIs. They stay on when the stack goes: something else in the project may use them. */
export class Services extends pulumi.ComponentResource {
  readonly #services: ReadonlyMap<string, gcp.projects.Service>;

  constructor(name: string, args: ServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("servio:project:Services", name, { project: args.project }, opts);
    const unused = Object.entries(args.optional)
      .filter(([, used]) => !used)
      .map(([api]) => `${api}.googleapis.com`);
    this.#services = new Map(
      APIS.filter((service) => !unused.includes(service)).map((service) => [
        service,
        new gcp.projects.Service(
          service.replace(".googleapis.com", ""),
          { project: args.project, service, disableOnDestroy: false },
          { parent: this },
        ),
      ]),
    );
    this.registerOutputs({});
  }

  /** What must stand before anything that uses these APIs. */
  of(...apis: readonly Api[]): pulumi.Resource[] {
    return apis.flatMap((api) => this.#services.get(`${api}.googleapis.com`) ?? []);
  }
}
