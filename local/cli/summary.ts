import type { LocalOutputs } from "../outputs.ts";
import type { Style } from "./style.ts";

export interface Standing {
  readonly outputs: LocalOutputs;
  /** Where its files are, as a person reads it. */
  readonly home: string;
  /** Names of what runs, which are those of their logs. */
  readonly processes: readonly string[];
  readonly notes: readonly { readonly topic: string; readonly text: string }[];
  readonly geminiIsReal: boolean;
  /** How it ends. */
  readonly ending: string;
}

/** What a person needs once everything runs. */
export function summary(standing: Standing, style: Style): string {
  const { outputs, home, geminiIsReal } = standing;
  const row = (name: string, text: string) => `  ${name.padEnd(12)} ${text}`;
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
    row("Logs", `${home}/logs: ${standing.processes.map((name) => `${name}.log`).join(", ")}`),
    "",
    style.bold("Accepted, but not enforced on this machine"),
    ...standing.notes.map(({ topic, text }) => `  ${topic}: ${text}`),
    "",
    standing.ending,
  ].join("\n");
}
