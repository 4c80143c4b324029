import { GraphError } from "./errors.ts";

/** Newest version of the Graph API that this simulator knows (29 July 2026). */
const LATEST = 26;

/** Last day of each version that has one: Graph API changelog, versions. */
const EXPIRES: Readonly<Record<number, string>> = {
  18: "2026-01-26",
  19: "2026-05-21",
  20: "2026-09-24",
  21: "2027-01-21",
  22: "2027-05-20",
  23: "2027-10-08",
  24: "2028-02-18",
  25: "2028-07-29",
};

/**
 * Refuses a version that Graph does not have any more. Real Graph would quietly answer with the oldest one alive; here
 * it is an error, so that a stale setting is seen on the laptop and not on the day the behaviour changes.
 */
export function checkVersion(version: string, now: number): void {
  const number = Number(/^v(\d+)\.\d+$/.exec(version)?.[1] ?? Number.NaN);
  if (Number.isNaN(number) || number > LATEST) {
    throw new GraphError(2500, { details: `/${version}: the newest version is v${LATEST}.0` });
  }
  const expires = number < 18 ? "2025" : EXPIRES[number];
  if (expires !== undefined && now > Date.parse(expires)) {
    throw new GraphError(2500, {
      details: `${version} expired on ${expires}. Set the Graph API version to v${LATEST}.0`,
    });
  }
}
