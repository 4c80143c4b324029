import type { CompositeIndex, IndexField } from "./indexes.ts";
import type { StoredQuery } from "./queries.ts";

/**
 * The indexes by which Firestore can answer a query: none where the index that every single field has is enough, and
 * `undefined` where it would refuse, asking for an index that is not there.
 *
 * Firestore's rule: an index serves whose fields are some of those compared for equality, in any order, followed by
 * exactly the orders of the query; and several such indexes are joined until they cover every equality.
 * https://firebase.google.com/docs/firestore/query-data/index-overview
 *
 * @param unindexed fields whose own index is turned off.
 */
export function servedBy(
  query: StoredQuery,
  indexes: readonly CompositeIndex[],
  unindexed: readonly string[] = [],
): readonly CompositeIndex[] | undefined {
  const equalities = [...(query.equal ?? []), ...(query.contains === undefined ? [] : [query.contains])];
  const orders = ordersOf(query);
  const single = orders.length === 0 || (orders.length === 1 && equalities.length === 0);
  if (single)
    return [...equalities, ...orders.map(([field]) => field)].some((field) => unindexed.includes(field))
      ? undefined
      : [];
  const usable = indexes.filter(
    (index) => index.collection === query.collection && fits(index.fields, query, equalities, orders),
  );
  const covered = new Set(usable.flatMap(({ fields }) => fields.slice(0, -orders.length).map(({ path }) => path)));
  return equalities.every((field) => covered.has(field)) ? usable : undefined;
}

type Order = readonly [field: string, direction: "asc" | "desc"];

/** A range without an order is ordered by its field. */
function ordersOf(query: StoredQuery): readonly Order[] {
  return query.order ?? (query.range === undefined ? [] : [[query.range, "asc"]]);
}

function fits(
  fields: readonly IndexField[],
  query: StoredQuery,
  equalities: readonly string[],
  orders: readonly Order[],
): boolean {
  const [first, last] = [fields.slice(0, -orders.length), fields.slice(-orders.length)];
  const ordered = last.every((field, at) => {
    const [path, direction] = orders[at] ?? [];
    return "order" in field && field.path === path && field.order === direction;
  });
  const compared = first.every(
    (field) => equalities.includes(field.path) && "contains" in field === (field.path === query.contains),
  );
  return ordered && compared && last.length === orders.length;
}
