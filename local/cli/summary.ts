import { relative } from "node:path";
import type { LocalCloudHandle } from "../cloud.ts";
import type { Style } from "./style.ts";

/** What a person needs once everything runs. */
export function summary(handle: LocalCloudHandle, geminiIsReal: boolean, style: Style): string {
  const { outputs, cloud } = handle;
  const row = (name: string, text: string) => `  ${name.padEnd(12)} ${text}`;
  const home = relative(cloud.paths.root, cloud.paths.home) || cloud.paths.home;
  return [
    "",
    style.bold("Ready."),
    row("Inbox", style.bold(outputs.inboxUrl)),
    ...outputs.demoUsers.map(({ email, password, role }) => row("", `${role}: ${email}, password ${password}`)),
    row("Phone", `${style.bold(outputs.simulatorUrl)}  play the customer here`),
    row("Website", `${style.bold(outputs.widgetUrl)}  open the web chat here`),
    row("Webhooks", outputs.webhookUrls.whatsapp.replace(/\/whatsapp$/, "/{whatsapp,instagram,facebook}")),
    row("Emulators", `Firestore ${outputs.firestoreHost} · Pub/Sub ${outputs.pubsubHost} · Auth ${outputs.authHost}`),
    row(
      "Gemini",
      geminiIsReal ? "the real one, with your GEMINI_API_KEY" : "simulated; set GEMINI_API_KEY for the real one",
    ),
    ...Object.entries(outputs.secrets).map(([name, value], index) =>
      row(index === 0 ? "Secrets" : "", `${name}=${value}`),
    ),
    row("For scripts", `${home}/outputs.json`),
    row(
      "Logs",
      `${home}/logs: ${handle.supervisor
        .list()
        .map(({ name }) => `${name}.log`)
        .join(", ")}`,
    ),
    "",
    style.bold("Accepted, but not enforced on this machine"),
    ...cloud.notes.list().map(({ topic, text }) => `  ${topic}: ${text}`),
    "",
    "Ctrl-C stops everything.",
  ].join("\n");
}
