import * as z from "zod";
import { key } from "../key.ts";
import { REGIONS } from "../regions.ts";
import { labelMap } from "../values.ts";

/** What stands where, and under which name. */
export const PLACE_KEYS = {
  /** Required. One project holds one environment: Firestore's `(default)` database exists once per project. */
  project: key("gcp:project", z.string().regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/), {
    expected: "the id of an existing Google Cloud project (6 to 30 of a-z, 0-9 and -)",
    example: "my-project-id",
  }),
  /** Default `us-west1`. Where everything with a place runs and is stored. */
  region: key("gcp:region", z.enum(REGIONS), {
    expected: "a Google Cloud region with Cloud Functions, one of infra/config/regions.ts",
    example: "us-west1",
    fallback: "us-west1",
  }),
  /** Required. Stands in labels and in every log line. */
  environment: key("environment", z.string().regex(/^[a-z][a-z0-9-]{0,19}$/), {
    expected: "a short name such as dev or prod (up to 20 of a-z, 0-9 and -)",
    example: "dev",
  }),
  /** Default none. Further labels for cost reports, beside app, env, part and managed-by. */
  labels: key("labels", labelMap, {
    expected: "comma-separated name=value pairs; both of a-z, 0-9, _ and -, the name beginning with a letter",
    example: "team=omnichannel,cost-center=support",
    fallback: "",
  }),
} as const;
