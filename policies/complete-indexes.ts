import type { ResourceValidationPolicy } from "@pulumi/policy";
import { onType, report, shown } from "./rule.ts";
import { INDEX } from "./types.ts";

interface IndexView {
  readonly fields: readonly { readonly fieldPath?: string; readonly order?: string }[];
}

/**
 * Firestore appends `__name__` to an index by itself. Where the stack does not say so, the next refresh sees a difference,
 * wants to replace the index, and fails on the one that is there.
 */
export const completeIndexes: ResourceValidationPolicy = {
  name: "complete-indexes",
  description: "Composite indexes end in __name__, in the direction of the field before it.",
  severity: "medium",
  validateResource: onType<IndexView>(INDEX, ({ fields = [] }, resource, reportViolation) => {
    const last = fields.at(-1);
    const ordered = fields.slice(0, -1).findLast((field) => field.order !== undefined);
    const direction = ordered?.order ?? "ASCENDING";
    if (last?.fieldPath === "__name__" && last.order === direction) return;
    report(reportViolation, {
      wanted: `a last field { fieldPath: "__name__", order: "${direction}" }`,
      found: shown(last),
      change: `${resource.name}: declare it in infra/firestore/indexes.ts, which appends the field`,
    });
  }),
};
