import { key } from "../key.ts";
import { domains, flag, integer, optionalDomain } from "../values.ts";

/** Who gets in, and by which address. */
export const ACCESS_KEYS = {
  /** Default none. Host names, beside the service's own, where agents sign in to the inbox. */
  inboxDomains: key("inboxDomains", domains, {
    expected: "comma-separated host names",
    example: "inbox.example.com",
    fallback: "",
  }),
  /**
   * Default `false`: Identity Platform is turned on. `true` in a project where it, or Firebase Authentication, is on
   * already, or was by a stack since destroyed: Google turns it on once and never off. Its settings are then taken over.
   */
  signInExists: key("signInExists", flag, { expected: "true or false", example: "true", fallback: "false" }),
  /** Default `false`: accounts are made by an administrator. `true` where the platform's customers sign up here too. */
  selfSignUp: key("selfSignUp", flag, { expected: "true or false", example: "false", fallback: "false" }),
  /** Default none. Puts a load balancer with Cloud Armor before the service and the function, and closes the way round it. */
  customDomain: key("customDomain", optionalDomain, {
    expected: "a host name of at most 64 characters whose DNS you control, or nothing",
    example: "omni.example.com",
    fallback: "",
  }),
  /** Default 1200. Requests a minute from one address before Cloud Armor answers 429; an office of agents shares one. */
  edgeRequestsPerMinute: key("edgeRequestsPerMinute", integer(60, 100_000), {
    expected: "a whole number from 60 to 100000",
    example: "1200",
    fallback: "1200",
  }),
} as const;
