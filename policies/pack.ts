import { PolicyPack } from "@pulumi/policy";
import { POLICIES } from "./index.ts";

/** What the CLI starts for `--policy-pack policies`. Mandatory: said nothing, Pulumi would only advise. */
new PolicyPack("servio", { enforcementLevel: "mandatory", policies: [...POLICIES] });
