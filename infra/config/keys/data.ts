import * as z from "zod";
import { key } from "../key.ts";
import { integer } from "../values.ts";

/** What is kept, how long, and whether the stack may delete it. */
export const DATA_KEYS = {
  /** Default `guarded`: nothing that holds data can be deleted by the stack. `throwaway` destroys without a trace. */
  dataProtection: key("dataProtection", z.enum(["guarded", "throwaway"]), {
    expected: "guarded (data outlives the stack) or throwaway (destroy removes everything)",
    example: "guarded",
    fallback: "guarded",
  }),
  /** Default 7 days. How long a deployed archive can be restored after a later one replaced it; 0 turns it off. */
  artifactRetentionDays: key(
    "artifactRetentionDays",
    integer(0, 90).refine((days) => days === 0 || days >= 7),
    {
      expected: "0, or a whole number of days from 7 to 90 (Cloud Storage's soft delete)",
      example: "7",
      fallback: "7",
    },
  ),
  /** Default 14 days. How long a guarded database's daily backups are kept; 98 at most (Firestore's limit). */
  backupRetentionDays: key("backupRetentionDays", integer(1, 98), {
    expected: "a whole number of days from 1 to 98 (Firestore's limits)",
    example: "14",
    fallback: "14",
  }),
  /** Default 365 days. How long the files that customers sent are kept. */
  attachmentRetentionDays: key("attachmentRetentionDays", integer(1, 3650), {
    expected: "a whole number of days from 1 to 3650",
    example: "365",
    fallback: "365",
  }),
} as const;
