import type { GoogleIdentity } from "./google-identity.ts";
import type { Inventory } from "./inventory.ts";
import type { Notes } from "./notes.ts";
import type { LocalPaths } from "./paths.ts";
import type { LocalPorts } from "./ports.ts";
import type { ProjectPlace } from "./project.ts";
import type { ServicePorts } from "./service-ports.ts";
import type { FirestoreEmulator } from "./services/firestore-emulator.ts";
import type { Link } from "./services/link.ts";
import type { Watcher } from "./services/monitoring/index.ts";
import type { ObjectStore } from "./services/object-store.ts";
import type { PubSubEmulator } from "./services/pubsub-emulator.ts";
import type { PushRoutes } from "./services/push-relay.ts";
import type { JobRunner } from "./services/scheduler-runner.ts";
import type { SecretStore } from "./services/secret-store.ts";
import type { Supervisor } from "./supervisor.ts";

/** Everything that handlers may touch: the local Google Cloud itself. */
export interface LocalCloud extends ProjectPlace {
  readonly ports: LocalPorts;
  readonly paths: LocalPaths;
  readonly supervisor: Supervisor;
  /** Where each Cloud Run service and each function listens. */
  readonly services: ServicePorts;
  readonly firestore: FirestoreEmulator;
  readonly pubsub: PubSubEmulator;
  /** Where deployed services reach the emulators: links that drills can break. */
  readonly links: { readonly firestore: Link; readonly pubsub: Link };
  /** `127.0.0.1:port` of the Auth emulator. */
  readonly authHost: string;
  readonly identity: GoogleIdentity;
  readonly push: PushRoutes;
  readonly jobs: JobRunner;
  readonly secrets: SecretStore;
  readonly objects: ObjectStore;
  /** Firestore rules by ruleset name, until a release puts one in force. */
  readonly rulesets: Map<string, string>;
  /** What has been made here. */
  readonly inventory: Inventory;
  /** Monitoring: the metrics, alerts and incidents of what runs here. */
  readonly watcher: Watcher;
  readonly notes: Notes;
  readonly now: () => Date;
}
