import * as pulumi from "@pulumi/pulumi";
import type { Values } from "./wire.ts";
import { isAsset } from "./wire.ts";

/** How one property differs, as Pulumi's detailed diffs name it. */
export interface Change {
  readonly kind: "add" | "delete" | "update";
  readonly old: unknown;
  readonly now: unknown;
}

/** What separates what a resource was made with from what the program wants now. */
export interface Difference {
  /** By property path, as Pulumi writes it: `template.containers[0].envs`. */
  readonly changes: ReadonlyMap<string, Change>;
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
  const changes = compareValues(olds, news);
  const changed = new Set([...changes.keys()].map((path) => /^[^.[]+/.exec(path)?.[0] ?? path));
  const forcing = replaces.filter((input) => changed.has(input));
  return {
    changes,
    replaces: forcing,
    deleteBeforeReplace: forcing.length > 0 && nameInput !== undefined && !changed.has(nameInput),
  };
}

/**
 * Every place where two values differ.
 * @param by how items of lists are told apart: `index`, as the engine does, or `name`, as a person does where they have
 * one. @default index
 */
export function compareValues(olds: unknown, news: unknown, by: "index" | "name" = "index"): Map<string, Change> {
  const changes = new Map<string, Change>();
  compare(olds, news, "");
  return changes;

  function compare(old: unknown, now: unknown, path: string): void {
    const [before, after] = [comparable(old), comparable(now)];
    if (before === undefined && after === undefined) return;
    if (before === undefined) changes.set(path, { kind: "add", old, now });
    else if (after === undefined) changes.set(path, { kind: "delete", old, now });
    else if (Array.isArray(before) && Array.isArray(after)) compareLists(before, after, path);
    else if (isRecord(before) && isRecord(after)) {
      for (const key of keysOf(before, after)) compare(before[key], after[key], inside(path, key));
    } else if (before !== after) changes.set(path, { kind: "update", old, now });
  }

  function compareLists(before: unknown[], after: unknown[], path: string): void {
    const [olds, news] = by === "name" ? [named(before), named(after)] : [undefined, undefined];
    if (olds && news) {
      for (const name of keysOf(olds, news)) compare(olds[name], news[name], `${path}[${name}]`);
      return;
    }
    const length = Math.max(before.length, after.length);
    for (let index = 0; index < length; index += 1) compare(before[index], after[index], `${path}[${index}]`);
  }
}

function keysOf(...records: readonly object[]): string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
}

/** Items by their `name`, when each has one of its own. */
function named(items: readonly unknown[]): Record<string, unknown> | undefined {
  const entries = items.map(
    (item) => [isRecord(item) && typeof item.name === "string" ? item.name : "", item] as const,
  );
  const names = new Set(entries.map(([name]) => name));
  return names.size === items.length && !names.has("") ? Object.fromEntries(entries) : undefined;
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
