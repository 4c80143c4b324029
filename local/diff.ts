import * as pulumi from "@pulumi/pulumi";
import type { Values } from "./wire.ts";
import { isAsset } from "./wire.ts";

/** How one property differs, as Pulumi's detailed diffs name it. */
export type ChangeKind = "add" | "delete" | "update";

/** What separates what a resource was made with from what the program wants now. */
export interface Difference {
  /** By property path, as Pulumi writes it: `template.containers[0].envs`. */
  readonly changes: ReadonlyMap<string, ChangeKind>;
  /** Those of the changed top-level inputs that make a new resource. */
  readonly replaces: readonly string[];
  /** The old one must go first: a second of the same name cannot be. */
  readonly deleteBeforeReplace: boolean;
}

/** What a handler says of its inputs. */
export interface Identity {
  /** Top-level inputs that cannot be changed in place. */
  readonly replaces: readonly string[];
  /** The input that names it, when two cannot have the same. */
  readonly nameInput: string | undefined;
}

/** Compares decoded inputs: of the last run, and of this one. */
export function differ(olds: Values, news: Values, { replaces, nameInput }: Identity): Difference {
  const changes = new Map<string, ChangeKind>();
  compare(olds, news, "", changes);
  const changed = new Set([...changes.keys()].map((path) => /^[^.[]+/.exec(path)?.[0] ?? path));
  const forcing = replaces.filter((input) => changed.has(input));
  return {
    changes,
    replaces: forcing,
    deleteBeforeReplace: forcing.length > 0 && nameInput !== undefined && !changed.has(nameInput),
  };
}

function compare(old: unknown, now: unknown, path: string, changes: Map<string, ChangeKind>): void {
  const [before, after] = [comparable(old), comparable(now)];
  if (before === undefined && after === undefined) return;
  if (before === undefined) changes.set(path, "add");
  else if (after === undefined) changes.set(path, "delete");
  else if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    for (let index = 0; index < length; index += 1) compare(before[index], after[index], `${path}[${index}]`, changes);
  } else if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const key of [...keys].sort()) compare(before[key], after[key], inside(path, key), changes);
  } else if (before !== after) changes.set(path, "update");
}

/** An asset is what its bytes are, wherever they lie; null and nothing are the same. */
function comparable(value: unknown): unknown {
  if (value === null) return undefined;
  return isAsset(value) ? (value.hash ?? value.path ?? value.text) : value;
}

/** Keys that are no plain words are quoted, as the engine reads paths. */
function inside(path: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const { unknownValue } = pulumi.runtime;

/** Unknown values with what they were in the last run, where they were anything: enough to find defaults with. */
export function fillUnknown(news: unknown, olds: unknown): unknown {
  if (news === unknownValue) return olds ?? news;
  if (isAsset(news)) return news;
  if (Array.isArray(news))
    return news.map((item, index) => fillUnknown(item, Array.isArray(olds) ? olds[index] : undefined));
  if (!isRecord(news)) return news;
  const before = isRecord(olds) ? olds : {};
  return Object.fromEntries(Object.entries(news).map(([key, item]) => [key, fillUnknown(item, before[key])]));
}

/** Puts what was not known back into what was made of `fillUnknown`. */
export function restoreUnknown(checked: unknown, news: unknown): unknown {
  if (news === unknownValue) return news;
  if (isAsset(news)) return checked;
  if (Array.isArray(news) && Array.isArray(checked))
    return checked.map((item, index) => restoreUnknown(item, news[index]));
  if (!isRecord(news) || !isRecord(checked) || isAsset(checked)) return checked;
  return Object.fromEntries(Object.entries(checked).map(([key, item]) => [key, restoreUnknown(item, news[key])]));
}
