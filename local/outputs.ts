import { writeFile } from "node:fs/promises";
import * as z from "zod";

const webhookUrls = z.object({ whatsapp: z.string(), instagram: z.string(), facebook: z.string() });

/** What a stack must give for people and tests to use it. */
export const stackOutputs = z.object({
  apiUrl: z.string(),
  inboxUrl: z.string(),
  widgetUrl: z.string(),
  webhookUrls,
});
export type StackOutputs = z.output<typeof stackOutputs>;

export interface DemoUser {
  readonly email: string;
  readonly password: string;
  readonly role: "admin" | "agent";
}

/** `.local/outputs.json`, in which `widgetUrl` is a website that embeds the script: the one contract of tests, benchmarks and people. Hosts are `127.0.0.1:port`. */
export interface LocalOutputs extends StackOutputs {
  readonly simulatorUrl: string;
  readonly firestoreHost: string;
  readonly pubsubHost: string;
  readonly authHost: string;
  readonly project: string;
  readonly secrets: {
    readonly META_APP_SECRET: string;
    readonly OMNI_WEBHOOK_SECRET: string;
    readonly OMNI_AUTOMATION_SECRET: string;
  };
  readonly demoUsers: readonly DemoUser[];
}

export async function writeOutputs(path: string, outputs: LocalOutputs): Promise<void> {
  await writeFile(path, `${JSON.stringify(outputs, null, 2)}\n`);
}
