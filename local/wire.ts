import * as pulumi from "@pulumi/pulumi";

/**
 * Between Pulumi's wire format and plain values. Secrets travel as sentinel objects: a handler works on what is inside,
 * and the same places are wrapped again in what it returns, so that a secret never comes out of a resource in the clear.
 */

export type Values = Readonly<Record<string, unknown>>;

/** A file, folder archive or text that a program hands over. */
export interface LocalAsset {
  readonly kind: "file" | "archive" | "text";
  /** Absolute or relative to the program's folder; set for `file` and `archive`. */
  readonly path?: string;
  readonly text?: string;
  /** SHA-256 of the content, where the engine tells it: in a diff it tells nothing else. */
  readonly hash?: string;
  /** What arrived, to be handed back as it was. */
  readonly original: unknown;
}

export interface Decoded {
  readonly values: Values;
  /** Places of secrets, as `a/0/b`. */
  readonly secretPaths: ReadonlySet<string>;
}

const assets = new WeakSet<object>();
const { specialSigKey, specialSecretSig, unknownValue } = pulumi.runtime;

export function isAsset(value: unknown): value is LocalAsset {
  return typeof value === "object" && value !== null && assets.has(value);
}

/** Unwraps secrets and assets, deeply. */
export async function decode(inputs: Values): Promise<Decoded> {
  const secretPaths = new Set<string>();
  const values = await walk(inputs, "");
  return { values: values as Values, secretPaths };

  async function walk(value: unknown, path: string): Promise<unknown> {
    if (isSecret(value)) {
      secretPaths.add(path);
      return walk(value.value, path);
    }
    const asset = await assetOf(value);
    if (asset) return asset;
    if (Array.isArray(value)) return Promise.all(value.map((item, index) => walk(item, join(path, String(index)))));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(
      await Promise.all(entries.map(async ([key, item]) => [key, await walk(item, join(path, key))])),
    );
  }
}

/** Wraps the given places again, hands assets back as they came, and leaves out what is undefined (the wire refuses it). */
export function encode(outputs: Values, secretPaths: ReadonlySet<string>): Record<string, unknown> {
  return walk(outputs, "") as Record<string, unknown>;

  function walk(value: unknown, path: string): unknown {
    const plain = walkInside(value, path);
    return secretPaths.has(path) ? { [specialSigKey]: specialSecretSig, value: plain } : plain;
  }

  function walkInside(value: unknown, path: string): unknown {
    if (isAsset(value)) return value.original;
    if (Array.isArray(value)) return value.map((item, index) => walk(item ?? null, join(path, String(index))));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, walk(item, join(path, key))]));
  }
}

/** True when some value is not known yet: only in a preview of the real engine. */
export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  if (isAsset(value)) return false;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isRecord(value) && Object.values(value).some(hasUnknown);
}

async function assetOf(value: unknown): Promise<LocalAsset | undefined> {
  if (value instanceof pulumi.asset.FileArchive) return asset("archive", { path: await value.path }, value);
  if (value instanceof pulumi.asset.FileAsset) return asset("file", { path: await value.path }, value);
  if (value instanceof pulumi.asset.StringAsset) return asset("text", { text: await value.text }, value);
  if (!isRecord(value)) return undefined;
  // The same things as the real engine sends them, over gRPC.
  const signature = value[specialSigKey];
  const where = {
    ...(typeof value.path === "string" && value.path !== "" && { path: value.path }),
    ...(typeof value.text === "string" && value.text !== "" && { text: value.text }),
    ...(typeof value.hash === "string" && { hash: value.hash }),
  };
  if (signature === pulumi.runtime.specialArchiveSig) return asset("archive", where, value);
  if (signature === pulumi.runtime.specialAssetSig) return asset("text" in where ? "text" : "file", where, value);
  return undefined;
}

type Content = Pick<LocalAsset, "path" | "text" | "hash">;

function asset(kind: LocalAsset["kind"], content: Content, original: unknown): LocalAsset {
  const made: LocalAsset = { kind, ...content, original };
  assets.add(made);
  return made;
}

function isSecret(value: unknown): value is { readonly value: unknown } {
  return isRecord(value) && value[specialSigKey] === specialSecretSig;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}/${key}`;
}
