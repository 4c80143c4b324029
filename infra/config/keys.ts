import { ACCESS_KEYS } from "./keys/access.ts";
import { ALERTS_KEYS } from "./keys/alerts.ts";
import { ASSISTANT_KEYS } from "./keys/assistant.ts";
import { AUTOMATION_KEYS } from "./keys/automation.ts";
import { CHANNELS_KEYS } from "./keys/channels.ts";
import { DATA_KEYS } from "./keys/data.ts";
import { PLACE_KEYS } from "./keys/place.ts";
import { QUEUES_KEYS } from "./keys/queues.ts";
import { RUNNING_KEYS } from "./keys/running.ts";

/** Every setting that is not a secret, by subject. The order is the order of the problem report. */
export const KEYS = {
  ...PLACE_KEYS,
  ...CHANNELS_KEYS,
  ...ASSISTANT_KEYS,
  ...AUTOMATION_KEYS,
  ...RUNNING_KEYS,
  ...DATA_KEYS,
  ...QUEUES_KEYS,
  ...ACCESS_KEYS,
  ...ALERTS_KEYS,
} as const;
