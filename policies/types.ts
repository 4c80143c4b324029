/** Tokens of the resource types that policies look at, and the few props they read. */

export const ALERT_POLICY = "gcp:monitoring/alertPolicy:AlertPolicy";
export const BACKEND_SERVICE = "gcp:compute/backendService:BackendService";
export const BACKUP_SCHEDULE = "gcp:firestore/backupSchedule:BackupSchedule";
export const BUCKET = "gcp:storage/bucket:Bucket";
export const BUCKET_MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";
export const DATABASE = "gcp:firestore/database:Database";
export const FUNCTION = "gcp:cloudfunctionsv2/function:Function";
export const INDEX = "gcp:firestore/index:Index";
export const JOB = "gcp:cloudscheduler/job:Job";
export const PROJECT_MEMBER = "gcp:projects/iAMMember:IAMMember";
export const SECRET = "gcp:secretmanager/secret:Secret";
export const SECRET_MEMBER = "gcp:secretmanager/secretIamMember:SecretIamMember";
export const SERVICE = "gcp:cloudrunv2/service:Service";
export const SERVICE_MEMBER = "gcp:cloudrunv2/serviceIamMember:ServiceIamMember";
export const SSL_POLICY = "gcp:compute/sSLPolicy:SSLPolicy";
export const SUBSCRIPTION = "gcp:pubsub/subscription:Subscription";
export const TARGET_HTTP_PROXY = "gcp:compute/targetHttpProxy:TargetHttpProxy";
export const TARGET_HTTPS_PROXY = "gcp:compute/targetHttpsProxy:TargetHttpsProxy";
export const TOPIC = "gcp:pubsub/topic:Topic";
export const TOPIC_MEMBER = "gcp:pubsub/topicIAMMember:TopicIAMMember";
export const URL_MAP = "gcp:compute/uRLMap:URLMap";

export type Labels = Readonly<Record<string, string>>;

export interface BucketView {
  readonly publicAccessPrevention: string;
  readonly uniformBucketLevelAccess: boolean;
}

/** Any grant to one member, whatever it is on. */
export interface MemberView {
  readonly member: string;
  readonly role: string;
}

export interface ContainerVariableView {
  readonly name: string;
  readonly value?: string;
  readonly valueSource?: { readonly secretKeyRef?: { readonly secret: string; readonly version?: string } };
}

export interface ContainerView {
  readonly envs?: readonly ContainerVariableView[];
  readonly resources?: { readonly cpuIdle?: boolean };
}

export interface ServiceView {
  readonly name: string;
  readonly labels: Labels;
  readonly deletionProtection: boolean;
  readonly template: {
    readonly labels?: Labels;
    readonly serviceAccount?: string;
    /** `300s` */
    readonly timeout?: string;
    readonly scaling?: { readonly minInstanceCount?: number; readonly maxInstanceCount?: number };
    readonly containers?: readonly ContainerView[];
  };
}

export interface FunctionView {
  readonly name: string;
  readonly buildConfig: {
    readonly environmentVariables?: Readonly<Record<string, string>>;
    readonly serviceAccount?: string;
  };
  readonly serviceConfig: {
    readonly environmentVariables?: Readonly<Record<string, string>>;
    readonly secretEnvironmentVariables?: readonly {
      readonly key: string;
      readonly secret: string;
      readonly version: string;
    }[];
    readonly serviceAccountEmail?: string;
    readonly minInstanceCount?: number;
    readonly maxInstanceCount?: number;
    readonly timeoutSeconds?: number;
  };
}

interface OidcView {
  readonly serviceAccountEmail?: string;
  readonly audience?: string;
}

export interface SubscriptionView {
  readonly name: string;
  readonly pushConfig: { readonly pushEndpoint?: string; readonly oidcToken?: OidcView };
  readonly deadLetterPolicy: { readonly deadLetterTopic?: string; readonly maxDeliveryAttempts?: number };
  readonly ackDeadlineSeconds: number;
  readonly expirationPolicy: { readonly ttl: string };
  /** `604800s` */
  readonly messageRetentionDuration: string;
  readonly retryPolicy: { readonly minimumBackoff?: string; readonly maximumBackoff?: string };
}

export interface JobView {
  readonly name: string;
  /** `60s` */
  readonly attemptDeadline: string;
  readonly httpTarget: {
    readonly uri: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly oidcToken?: OidcView;
  };
}
