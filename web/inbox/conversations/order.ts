/** The list as it stands on the page, so that "close and next" knows what comes next. */
let shown: readonly string[] = [];

export function setOrder(ids: readonly string[]): void {
  shown = ids;
}

/** The conversation after this one, or before it when it is the last; `undefined` when it stands alone. */
export function neighbourOf(id: string, order: readonly string[] = shown): string | undefined {
  const index = order.indexOf(id);
  if (index === -1) return order[0];
  return order[index + 1] ?? order[index - 1];
}
