/** Counts as a tree of numbers, added up where they stand. */
export interface Tree {
  [key: string]: number | Tree;
}

/** Adds one (or `by`) at a path, making what is missing. */
export function add(tree: Tree, path: readonly string[], by = 1): void {
  const last = path.length - 1;
  let branch = tree;
  for (const key of path.slice(0, last)) {
    const next = branch[key];
    if (typeof next === "object") branch = next;
    else {
      const fresh: Tree = {};
      branch[key] = fresh;
      branch = fresh;
    }
  }
  const leaf = path[last] ?? "";
  const before = branch[leaf];
  branch[leaf] = (typeof before === "number" ? before : 0) + by;
}

/** Adds every number of `more` to the one at the same place of `into`. */
export function addAll(into: Tree, more: Readonly<Tree>, path: readonly string[] = []): void {
  for (const [key, value] of Object.entries(more)) {
    if (typeof value === "number") add(into, [...path, key], value);
    else if (typeof value === "object" && value !== null) addAll(into, value, [...path, key]);
  }
}

/** The tree with every number replaced. */
export function mapNumbers<T>(tree: Readonly<Tree>, change: (value: number) => T): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === "number" ? change(value) : mapNumbers(value, change),
    ]),
  );
}
