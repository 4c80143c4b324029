import { join } from "node:path";
import { readStackFile } from "../../local/local-config.ts";
import { PULUMI_PROJECT } from "../../local/stack.ts";
import type { Accounts } from "./bodies.ts";

/** The accounts that the local stack answers for. */
export function loadAccounts(root: string): Accounts {
  const source = readStackFile(join(root, "Pulumi.local.yaml"), {});
  const required = (name: string): string => {
    const value = source.get(`${PULUMI_PROJECT}:${name}`);
    if (value === undefined) throw new Error(`Pulumi.local.yaml does not set ${PULUMI_PROJECT}:${name}.`);
    return value;
  };
  return {
    whatsapp: required("whatsappPhoneId"),
    facebook: required("metaPageId"),
    instagram: required("instagramAccountId"),
  };
}
