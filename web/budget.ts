import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What the check needs to know of a built file. */
export interface BuiltFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** Files fetched together with this one, before it runs. */
  readonly needs: readonly string[];
  /** True for the file that the page names. */
  readonly entry: boolean;
}

export interface Budget {
  /** Gzip bytes of what the sign-in page loads: the entry, its static imports and its styles. */
  readonly entry: number;
  /** Gzip bytes of everything the inbox can ever load in one language. */
  readonly total: number;
}

export interface Weight {
  readonly fileName: string;
  readonly gzip: number;
}

export interface Weighed {
  readonly entry: number;
  readonly total: number;
  readonly files: readonly Weight[];
}

/** A reader loads one language: the heaviest catalogue counts, the others do not. */
const CATALOGUE = /(?:^|\/)(?:pt|en|es)-[\w-]+\.js$/;
/** The few texts of the sign-in page. */
const DOOR = /(?:^|\/)door-(?:pt|en|es)-[\w-]+\.js$/;

/** Weighs the built files as they travel: each one gzipped by itself. */
export function weigh(files: readonly BuiltFile[]): Weighed {
  const gzip = new Map(files.map((file) => [file.fileName, gzipSync(file.bytes).byteLength]));
  const size = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + (gzip.get(name) ?? 0), 0);
  const names = files.map((file) => file.fileName);
  const heaviest = (pattern: RegExp) =>
    Math.max(0, ...names.filter((name) => pattern.test(name)).map((name) => size([name])));
  const shared = names.filter((name) => !CATALOGUE.test(name) && !DOOR.test(name));
  return {
    entry: size(closure(files)) + heaviest(DOOR),
    total: size(shared) + heaviest(DOOR) + heaviest(CATALOGUE),
    files: [...gzip].map(([fileName, bytes]) => ({ fileName, gzip: bytes })).sort((a, b) => b.gzip - a.gzip),
  };
}

function closure(files: readonly BuiltFile[]): Set<string> {
  const byName = new Map(files.map((file) => [file.fileName, file]));
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const next of byName.get(name)?.needs ?? []) visit(next);
  };
  for (const file of files) if (file.entry) visit(file.fileName);
  return seen;
}

/** What is over its budget, in words; empty when all is well. */
export function overweight(weighed: Weighed, budget: Budget): string[] {
  const heaviest = weighed.files
    .slice(0, 5)
    .map((file) => `${file.fileName} ${kilobytes(file.gzip)}`)
    .join(", ");
  const line = (what: string, seen: number, limit: number) =>
    `${what} weighs ${kilobytes(seen)} gzip, its limit is ${kilobytes(limit)}. Heaviest files: ${heaviest}. Load less, or load it later with import().`;
  return [
    ...(weighed.entry > budget.entry ? [line("The sign-in page", weighed.entry, budget.entry)] : []),
    ...(weighed.total > budget.total ? [line("The whole inbox", weighed.total, budget.total)] : []),
  ];
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Fails the build that grew too heavy, and prints the two figures of one that did not. */
export function bundleBudget(budget: Budget): Plugin {
  return {
    name: "bundle-budget",
    apply: "build",
    enforce: "post",
    writeBundle(_options, bundle) {
      const files: BuiltFile[] = [];
      for (const file of Object.values(bundle)) {
        if (!/\.(?:js|css)$/.test(file.fileName)) continue;
        if (file.type === "asset") {
          const bytes = typeof file.source === "string" ? Buffer.from(file.source) : file.source;
          files.push({ fileName: file.fileName, bytes, needs: [], entry: false });
          continue;
        }
        const styles = [...(file.viteMetadata?.importedCss ?? [])];
        files.push({
          fileName: file.fileName,
          bytes: Buffer.from(file.code),
          needs: [...file.imports, ...styles],
          entry: file.isEntry,
        });
      }
      const weighed = weigh(files);
      const problems = overweight(weighed, budget);
      if (problems.length > 0) this.error(problems.join("\n"));
      this.info(`sign-in ${kilobytes(weighed.entry)}, whole ${kilobytes(weighed.total)} gzip`);
    },
  };
}

/** Files that are loaded together, and what they may weigh. */
export interface Part {
  /** By the file's name in the build. */
  readonly files: RegExp;
  /** Gzip bytes, each file compressed by itself. */
  readonly limit: number;
}

/** The weight of each part, by its name. @param files what was built, by name */
export function weighParts(
  files: ReadonlyMap<string, Uint8Array>,
  parts: Readonly<Record<string, Part>>,
): Readonly<Record<string, number>> {
  const weightOf = (part: Part): number =>
    [...files].reduce((sum, [name, bytes]) => (part.files.test(name) ? sum + gzipSync(bytes).byteLength : sum), 0);
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, weightOf(part)]));
}

/** Fails the build of which a part grew too heavy, and prints the figures of one that did not. */
export function partBudget(parts: Readonly<Record<string, Part>>): Plugin {
  return {
    name: "part-budget",
    apply: "build",
    enforce: "post",
    writeBundle(_options, bundle) {
      const files = new Map(
        Object.values(bundle).map((file) => [
          file.fileName,
          Buffer.from(file.type === "asset" ? file.source : file.code),
        ]),
      );
      const weights = weighParts(files, parts);
      for (const [name, { limit }] of Object.entries(parts)) {
        const weight = weights[name] ?? 0;
        if (weight === 0) this.error(`Nothing was built that belongs to the ${name}.`);
        if (weight > limit)
          this.error(`The ${name} weighs ${kilobytes(weight)} gzip, its limit is ${kilobytes(limit)}.`);
        this.info(`${name} ${kilobytes(weight)} gzip`);
      }
    },
  };
}
