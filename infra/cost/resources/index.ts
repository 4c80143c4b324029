import { cloudFunction, cloudRunService } from "./compute.ts";
import {
  firestoreBackups,
  firestoreDatabase,
  pubsubSubscription,
  pubsubTopic,
  schedulerJob,
  secretVersion,
  signIn,
  storageBucket,
} from "./data.ts";
import { backendService, forwardingRule, securityPolicy } from "./edge.ts";
import { free, type Model } from "./model.ts";
import { alertPolicy, logMetric, uptimeCheck } from "./watching.ts";

export { type Context, DAYS, type Demand, type Model } from "./model.ts";

const RIGHTS = free("rights cost nothing");
const PART = free("part of the load balancer, which is paid for by its forwarding rules");
const SHOWN = free("looking at metrics costs nothing");

/** How each type is estimated. A type that is not here is unsupported, and the report says so. */
export const MODELS: Readonly<Record<string, Model>> = {
  "gcp:cloudrunv2/service:Service": cloudRunService,
  "gcp:cloudfunctionsv2/function:Function": cloudFunction,
  "gcp:cloudscheduler/job:Job": schedulerJob,

  "gcp:firestore/database:Database": firestoreDatabase,
  "gcp:firestore/backupSchedule:BackupSchedule": firestoreBackups,
  "gcp:firestore/index:Index": free("index entries count as the database's storage"),
  "gcp:firestore/field:Field": free("a TTL policy costs nothing; what it removes counts as the database's expiries"),
  "gcp:firebaserules/ruleset:Ruleset": free("rules cost nothing"),
  "gcp:firebaserules/release:Release": free("rules cost nothing"),

  "gcp:pubsub/topic:Topic": pubsubTopic,
  "gcp:pubsub/subscription:Subscription": pubsubSubscription,
  "gcp:storage/bucket:Bucket": storageBucket,
  "gcp:storage/bucketObject:BucketObject": free("counts as its bucket's storage"),
  "gcp:secretmanager/secret:Secret": free("paid for by its versions"),
  "gcp:secretmanager/secretVersion:SecretVersion": secretVersion,

  "gcp:identityplatform/config:Config": signIn,
  "gcp:projects/apiKey:ApiKey": free("keys cost nothing"),
  "gcp:projects/service:Service": free("turning an API on costs nothing"),
  "gcp:projects/serviceIdentity:ServiceIdentity": free("service accounts cost nothing"),
  "gcp:serviceaccount/account:Account": free("service accounts cost nothing"),
  "gcp:cloudrunv2/serviceIamMember:ServiceIamMember": RIGHTS,
  "gcp:projects/iAMMember:IAMMember": RIGHTS,
  "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember": RIGHTS,
  "gcp:pubsub/topicIAMMember:TopicIAMMember": RIGHTS,
  "gcp:secretmanager/secretIamMember:SecretIamMember": RIGHTS,
  "gcp:serviceaccount/iAMMember:IAMMember": RIGHTS,
  "gcp:storage/bucketIAMMember:BucketIAMMember": RIGHTS,

  "gcp:compute/globalForwardingRule:GlobalForwardingRule": forwardingRule,
  "gcp:compute/securityPolicy:SecurityPolicy": securityPolicy,
  "gcp:compute/backendService:BackendService": backendService,
  "gcp:compute/globalAddress:GlobalAddress": free("an address costs nothing while a forwarding rule uses it"),
  "gcp:compute/managedSslCertificate:ManagedSslCertificate": free("certificates that Google manages cost nothing"),
  "gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup": PART,
  "gcp:compute/sSLPolicy:SSLPolicy": PART,
  "gcp:compute/targetHttpProxy:TargetHttpProxy": PART,
  "gcp:compute/targetHttpsProxy:TargetHttpsProxy": PART,
  "gcp:compute/uRLMap:URLMap": PART,

  "gcp:monitoring/alertPolicy:AlertPolicy": alertPolicy,
  "gcp:logging/metric:Metric": logMetric,
  "gcp:monitoring/uptimeCheckConfig:UptimeCheckConfig": uptimeCheck,
  "gcp:monitoring/metricDescriptor:MetricDescriptor": free("describes a metric, which is paid for by its points"),
  "gcp:monitoring/dashboard:Dashboard": SHOWN,
  "gcp:monitoring/slo:Slo": SHOWN,
  "gcp:monitoring/customService:CustomService": SHOWN,
  "gcp:monitoring/genericService:GenericService": SHOWN,
  "gcp:monitoring/notificationChannel:NotificationChannel": free("channels cost nothing; text messages are not used"),
  "gcp:billing/budget:Budget": free("budgets cost nothing"),
};
