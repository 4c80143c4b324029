import type { LocalCloud } from "./context.ts";
import { type Difference, differ, fillUnknown, restoreUnknown } from "./diff.ts";
import { LocalError } from "./errors.ts";
import type { Checked, Handler } from "./handler.ts";
import { INVOKES } from "./invokes.ts";
import type { ProjectPlace } from "./project.ts";
import * as billing from "./services/billing.ts";
import { cloudFunction } from "./services/cloud-functions.ts";
import * as run from "./services/cloud-run.ts";
import * as firestore from "./services/firestore.ts";
import * as rules from "./services/firestore-rules.ts";
import * as iam from "./services/iam.ts";
import * as identity from "./services/identity-platform.ts";
import * as balancer from "./services/load-balancer.ts";
import * as monitoring from "./services/monitoring/resources.ts";
import * as projects from "./services/projects.ts";
import * as pubsub from "./services/pubsub.ts";
import * as scheduler from "./services/scheduler.ts";
import * as secrets from "./services/secret-manager.ts";
import * as storage from "./services/storage.ts";
import { decode, encode, hasUnknown, type Values } from "./wire.ts";

/** Every resource type that the local cloud knows. */
export const HANDLERS: Readonly<Record<string, Handler>> = {
  "gcp:billing/budget:Budget": billing.budget,
  "gcp:cloudfunctionsv2/function:Function": cloudFunction,
  "gcp:cloudrunv2/service:Service": run.service,
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": iam.runServiceIamMember,
  "gcp:cloudscheduler/job:Job": scheduler.job,
  "gcp:compute/backendService:BackendService": balancer.backendService,
  "gcp:compute/globalAddress:GlobalAddress": balancer.globalAddress,
  "gcp:compute/globalForwardingRule:GlobalForwardingRule": balancer.forwardingRule,
  "gcp:compute/managedSslCertificate:ManagedSslCertificate": balancer.certificate,
  "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup": balancer.networkEndpointGroup,
  "gcp:compute/sSLPolicy:SSLPolicy": balancer.sslPolicy,
  "gcp:compute/securityPolicy:SecurityPolicy": balancer.securityPolicy,
  "gcp:compute/targetHttpProxy:TargetHttpProxy": balancer.httpProxy,
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy": balancer.httpsProxy,
  "gcp:compute/uRLMap:URLMap": balancer.urlMap,
  "gcp:firebaserules/release:Release": rules.release,
  "gcp:firebaserules/ruleset:Ruleset": rules.ruleset,
  "gcp:firestore/backupSchedule:BackupSchedule": firestore.backupSchedule,
  "gcp:firestore/database:Database": firestore.database,
  "gcp:firestore/field:Field": firestore.field,
  "gcp:firestore/index:Index": firestore.index,
  "gcp:identityplatform/config:Config": identity.config,
  "gcp:logging/metric:Metric": monitoring.logMetric,
  "gcp:monitoring/alertPolicy:AlertPolicy": monitoring.alertPolicy,
  "gcp:monitoring/customService:CustomService": monitoring.customService,
  "gcp:monitoring/dashboard:Dashboard": monitoring.dashboard,
  "gcp:monitoring/metricDescriptor:MetricDescriptor": monitoring.metricDescriptor,
  "gcp:monitoring/notificationChannel:NotificationChannel": monitoring.notificationChannel,
  "gcp:monitoring/slo:Slo": monitoring.slo,
  "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig": monitoring.uptimeCheck,
  "gcp:projects/apiKey:ApiKey": projects.apiKey,
  "gcp:projects/iAMMember:IAMMember": iam.projectIamMember,
  "gcp:projects/service:Service": projects.service,
  "gcp:projects/serviceIdentity:ServiceIdentity": projects.serviceIdentity,
  "gcp:pubsub/subscription:Subscription": pubsub.subscription,
  "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": iam.subscriptionIamMember,
  "gcp:pubsub/topic:Topic": pubsub.topic,
  "gcp:pubsub/topicIAMMember:TopicIAMMember": iam.topicIamMember,
  "gcp:secretmanager/secret:Secret": secrets.secret,
  "gcp:secretmanager/secretIamMember:SecretIamMember": iam.secretIamMember,
  "gcp:secretmanager/secretVersion:SecretVersion": secrets.secretVersion,
  "gcp:serviceaccount/account:Account": iam.serviceAccount,
  "gcp:serviceaccount/iAMMember:IAMMember": iam.serviceAccountIamMember,
  "gcp:storage/bucket:Bucket": storage.bucket,
  "gcp:storage/bucketIAMMember:BucketIAMMember": iam.bucketIamMember,
  "gcp:storage/bucketObject:BucketObject": storage.bucketObject,
};

/** A resource as an engine asks for it: inputs in Pulumi's wire format. */
export interface WireResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Values;
}

export interface WireState {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

/** A resource as an engine remembers it. */
export interface WireKnown extends WireState {
  readonly type: string;
  readonly inputs: Values;
}

export interface WireRead extends WireState {
  readonly inputs: Record<string, unknown>;
}

/** The half of the provider that needs no cloud: what a preview asks. */
export interface Planner {
  /** @param olds inputs of the last run, for what is not known yet. */
  check(resource: WireResource, olds?: Values): Promise<Checked>;
  diff(resource: { readonly type: string; readonly olds: Values; readonly news: Values }): Promise<Difference>;
  invoke(token: string, inputs: Values): Promise<Record<string, unknown>>;
}

/** The provider of package `gcp` on this machine. Speaks the wire format, keeps no state: any engine can sit in front. */
export interface LocalProvider extends Planner {
  /** Also the update: making it again with new inputs. */
  create(resource: WireResource): Promise<WireState>;
  delete(resource: { readonly type: string; readonly id: string; readonly outputs: Values }): Promise<void>;
  /** What is really there; undefined when it is gone. */
  read(known: WireKnown): Promise<WireRead | undefined>;
}

export function createPlanner(place: ProjectPlace): Planner {
  return {
    async check({ type, name, inputs }, olds = {}) {
      const { values, secretPaths } = await decode(inputs);
      const handler = handlerOf(type, name);
      const unknown = hasUnknown(values);
      const filled = unknown ? (fillUnknown(values, (await decode(olds)).values) as Values) : values;
      const checked = handler.check(filled, name);
      return {
        inputs: encode(restoreUnknown(checked.inputs, values) as Values, secretPaths),
        // What a preview cannot know yet cannot be found wrong either.
        failures: unknown ? [] : checked.failures,
      };
    },
    async diff({ type, olds, news }) {
      const [before, after] = await Promise.all([decode(olds), decode(news)]);
      return differ(before.values, after.values, handlerOf(type, type));
    },
    async invoke(token, inputs) {
      const found = INVOKES[token];
      if (found) return encode(found((await decode(inputs)).values, place), new Set());
      throw new LocalError(
        "invoke_unsupported",
        `The program calls ${token}, which the local cloud does not know.`,
        "Add it to INVOKES in local/invokes.ts, or take the value from a resource's outputs or from the configuration.",
      );
    },
  };
}

export function createProvider(cloud: LocalCloud): LocalProvider {
  return {
    ...createPlanner(cloud),
    async create({ type, name, inputs }) {
      const handler = handlerOf(type, name);
      const { values, secretPaths } = await decode(inputs);
      const { id, outputs } = await handler.create({ name, inputs: values }, cloud);
      cloud.inventory.add(type, id);
      return { id, outputs: encode(outputs, new Set([...secretPaths, ...handler.secret])) };
    },
    async delete({ type, id, outputs }) {
      const { values } = await decode(outputs);
      await handlerOf(type, id).delete?.(id, values, cloud);
      cloud.inventory.remove(type, id);
    },
    async read({ type, id, inputs, outputs }) {
      const handler = handlerOf(type, id);
      const [wanted, known] = await Promise.all([decode(inputs), decode(outputs)]);
      if (!cloud.inventory.has(type, id)) return undefined;
      const live = handler.read
        ? await handler.read({ id, inputs: wanted.values, outputs: known.values }, cloud)
        : wanted.values;
      if (!live) return undefined;
      return {
        id,
        inputs: encode(live, wanted.secretPaths),
        outputs: encode({ ...known.values, ...live }, known.secretPaths),
      };
    },
  };
}

function handlerOf(type: string, name: string): Handler {
  const handler = HANDLERS[type];
  if (handler) return handler;
  throw new LocalError(
    "type_unsupported",
    `${name} is a ${type}, which the local cloud does not know.`,
    "Add a handler for it under local/services and to HANDLERS in local/provider.ts; one that only records is a few lines.",
  );
}
