import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as z from "zod";

/** What the state of the real engine says of each resource that a provider made. */
export interface Deployed {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

const { specialSigKey, specialSecretSig, specialAssetSig } = pulumi.runtime;

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        resources: z
          .array(
            z.object({
              urn: z.string(),
              type: z.string(),
              custom: z.boolean().default(false),
              inputs: z.record(z.string(), z.unknown()).default({}),
            }),
          )
          .default([]),
      })
      .optional(),
  }),
});

/** Reads the state's own file: what another run, or a person with the plain CLI, would find. */
export function readState(root: string, stack: string): Deployed[] {
  const path = join(root, `.local/engine/${stack}/state/.pulumi/stacks/servio-omnichannel/${stack}.json`);
  const { latest } = checkpoint.parse(JSON.parse(readFileSync(path, "utf8"))).checkpoint;
  return (latest?.resources ?? [])
    .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
    .map(({ urn, type, inputs }) => ({
      type,
      name: urn.split("::").at(-1) ?? "",
      inputs,
    }));
}

function hidden(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hidden(item)]));
}

/** The ports that a stack gives to its parts. */
const PORTS = 10;

/**
 * Inputs as they can be compared across engines, ports and runs: secrets as such (the state has them encrypted), assets
 * by their hash, ports counted from the base.
 */
export async function comparable(value: unknown, basePort: number): Promise<unknown> {
  if (typeof value === "string")
    return value.replaceAll(/127\.0\.0\.1:(\d+)/g, (_, port: string) => `127.0.0.1:base+${Number(port) - basePort}`);
  if (typeof value === "number" && value >= basePort && value < basePort + PORTS) return `base+${value - basePort}`;
  if (Array.isArray(value)) return Promise.all(value.map((item) => comparable(item, basePort)));
  if (value instanceof pulumi.asset.FileAsset)
    return {
      asset: createHash("sha256")
        .update(readFileSync(await value.path))
        .digest("hex"),
    };
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  // In the state it is encrypted; how deep the mark sits differs between the engines, what is secret does not.
  if (record[specialSigKey] === specialSecretSig) return hidden(record.value);
  if (record[specialSigKey] === specialAssetSig) return { asset: record.hash };
  const entries = Object.entries(record).filter(([, item]) => item !== undefined && item !== null);
  const values = entries.map(async ([key, item]) => [key, await comparable(item, basePort)] as const);
  return Object.fromEntries(await Promise.all(values));
}
