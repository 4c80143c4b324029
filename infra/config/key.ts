import type * as z from "zod";

/** The namespace of this program's keys: the project's name in Pulumi.yaml. */
export const NAMESPACE = "servio-omnichannel";

/** One setting: where it stands in `Pulumi.<stack>.yaml`, what it may hold, and what to say when it does not. */
export interface Key<T> {
  /** The full key, as `pulumi config set` takes it. */
  readonly key: string;
  readonly schema: z.ZodType<T>;
  /** In words, for whoever has to mend it. */
  readonly expected: string;
  /** A value that would be accepted, for the command that mends it. */
  readonly example: string;
  /** Stands in for an absent value. A key without one is required. */
  readonly fallback?: string;
}

type Options = Omit<Key<unknown>, "key" | "schema">;

/** A key of this program, or, where the name holds a colon, of another namespace. */
export function key<T>(name: string, schema: z.ZodType<T>, options: Options): Key<T> {
  return { key: name.includes(":") ? name : `${NAMESPACE}:${name}`, schema, ...options };
}
