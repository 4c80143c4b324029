import type { Usage } from "./usage.ts";

/** A way of using the stack, with a name and what it assumes. */
export interface Profile {
  readonly name: string;
  readonly description: string;
  readonly usage: Usage;
}

/** What a message costs in time and size, whoever uses the stack. */
const PER_MESSAGE = {
  apiRequestMs: 300,
  webhookMs: 200,
  replyMs: 3000,
  scheduledCallMs: 300,
  requestBytes: 2048,
  logBytesPerRequest: 2048,
  seriesPerMetric: 8,
  seriesPerCondition: 1,
  geminiInputTokens: 1500,
  geminiOutputTokens: 150,
  whatsappMarket: "brazil",
} as const;

export const PROFILES = {
  specification: {
    name: "specification",
    description:
      "Section 10 of the specification: 10 000 requests and 10 000 webhooks, 50 000 reads, 15 000 writes, 500 answers and 100 e-mails a day, 10 GB. It counts no messages: 15 000 writes at five a message are 3000 a day. Half of the answers go by WhatsApp.",
    usage: {
      ...PER_MESSAGE,
      messagesPerDay: 3000,
      apiRequestsPerDay: 10_000,
      webhooksPerDay: 10_000,
      repliesPerDay: 500,
      streamMinutesPerDay: 0,
      startsPerDay: 40,
      deploysPerMonth: 20,
      firestoreReadsPerDay: 50_000,
      firestoreWritesPerDay: 15_000,
      firestoreDeletesPerDay: 0,
      firestoreExpiriesPerDay: 3000,
      firestoreStorageMiB: 10_240,
      firestoreEgressMiBPerDay: 100,
      fallbackEventsPerDay: 10,
      attachmentsPerDay: 200,
      attachmentsStorageMiB: 2048,
      artifactsStorageMiB: 100,
      functionImagesMiB: 300,
      egressMiBPerDay: 100,
      staffPerMonth: 20,
      whatsappPercent: 50,
      whatsappTemplatesPerDay: 0,
      emailsPerDay: 100,
    },
  },
  small: {
    name: "small",
    description: "A business with some 200 messages a day, almost all on WhatsApp, two agents, no marketing.",
    usage: {
      ...PER_MESSAGE,
      messagesPerDay: 200,
      apiRequestsPerDay: 1000,
      webhooksPerDay: 500,
      repliesPerDay: 70,
      streamMinutesPerDay: 30,
      startsPerDay: 30,
      deploysPerMonth: 4,
      firestoreReadsPerDay: 10_000,
      firestoreWritesPerDay: 1200,
      firestoreDeletesPerDay: 0,
      firestoreExpiriesPerDay: 200,
      firestoreStorageMiB: 512,
      firestoreEgressMiBPerDay: 20,
      fallbackEventsPerDay: 1,
      attachmentsPerDay: 20,
      attachmentsStorageMiB: 256,
      artifactsStorageMiB: 100,
      functionImagesMiB: 300,
      egressMiBPerDay: 20,
      staffPerMonth: 3,
      whatsappPercent: 90,
      whatsappTemplatesPerDay: 5,
      emailsPerDay: 10,
    },
  },
  busy: {
    name: "busy",
    description: "A marketplace with 30 000 messages a day on all channels, live widgets all day, forty agents.",
    usage: {
      ...PER_MESSAGE,
      messagesPerDay: 30_000,
      apiRequestsPerDay: 150_000,
      webhooksPerDay: 80_000,
      repliesPerDay: 12_000,
      streamMinutesPerDay: 2880,
      startsPerDay: 100,
      deploysPerMonth: 40,
      firestoreReadsPerDay: 900_000,
      firestoreWritesPerDay: 160_000,
      firestoreDeletesPerDay: 0,
      firestoreExpiriesPerDay: 30_000,
      firestoreStorageMiB: 102_400,
      firestoreEgressMiBPerDay: 2000,
      fallbackEventsPerDay: 100,
      attachmentsPerDay: 3000,
      attachmentsStorageMiB: 51_200,
      artifactsStorageMiB: 200,
      functionImagesMiB: 600,
      egressMiBPerDay: 3000,
      staffPerMonth: 45,
      whatsappPercent: 60,
      whatsappTemplatesPerDay: 600,
      emailsPerDay: 1500,
    },
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof PROFILES;

export function isProfileName(name: string): name is ProfileName {
  return name in PROFILES;
}
