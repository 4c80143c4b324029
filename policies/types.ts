/** Tokens of the resource types that policies look at, and the few props they read. */

export const BUCKET = "gcp:storage/bucket:Bucket";
export const BUCKET_MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";
export const FUNCTION = "gcp:cloudfunctionsv2/function:Function";
export const SERVICE = "gcp:cloudrunv2/service:Service";
export const SUBSCRIPTION = "gcp:pubsub/subscription:Subscription";

export interface BucketView {
  readonly publicAccessPrevention: string;
  readonly uniformBucketLevelAccess: boolean;
}

/** Any `…IAMMember`. */
export interface MemberView {
  readonly member: string;
  readonly role: string;
}

export interface ContainerVariableView {
  readonly name: string;
  readonly value?: string;
  readonly valueSource?: { readonly secretKeyRef?: { readonly secret: string; readonly version?: string } };
}

export interface ServiceView {
  readonly name: string;
  readonly template: {
    readonly containers?: readonly { readonly envs?: readonly ContainerVariableView[] }[];
  };
}

export interface FunctionView {
  readonly name: string;
  readonly serviceConfig: { readonly environmentVariables?: Readonly<Record<string, string>> };
  readonly buildConfig: { readonly environmentVariables?: Readonly<Record<string, string>> };
}

export interface SubscriptionView {
  readonly name: string;
  readonly pushConfig: object;
  readonly deadLetterPolicy: { readonly deadLetterTopic?: string; readonly maxDeliveryAttempts?: number };
}
