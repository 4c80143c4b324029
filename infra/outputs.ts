import type { Output } from "@pulumi/pulumi";

/** What a stack tells whoever uses it. */
export interface StackOutputs {
  readonly project: Output<string>;
  readonly region: Output<string>;
  /** The service's own address, without a slash at its end. */
  readonly apiUrl: Output<string>;
  /** Where agents sign in. */
  readonly inboxUrl: Output<string>;
  /** The script that a website embeds. */
  readonly widgetUrl: Output<string>;
  /** What is registered with Meta, by channel. */
  readonly webhookUrls: Readonly<Record<"whatsapp" | "instagram" | "facebook", Output<string>>>;
  /** The bucket of deployed archives. */
  readonly bucket: Output<string>;
  /** For `gcloud run services logs tail`. */
  readonly serviceName: Output<string>;
  /** For `gcloud functions logs read`. */
  readonly functionName: Output<string>;
  /** Where dead letters wait. */
  readonly deadLetterSubscription: Output<string>;
}
