import * as z from "zod";
import type { LocalCloud } from "./context.ts";
import { nameFor } from "./names.ts";
import type { Values } from "./wire.ts";

/** What a handler is asked to make. */
export interface CreateRequest<Inputs> {
  /** The resource's logical name in the program. */
  readonly name: string;
  readonly inputs: Inputs;
}

export interface Created {
  readonly id: string;
  readonly outputs: Values;
}

/** A resource as it was last known, for a handler to look what has become of it. */
export interface Known {
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
}

/**
 * One resource type of the local cloud. Handlers keep no state of their own: everything lasting is in the `LocalCloud`
 * they are given, so that the same handlers can serve another engine.
 */
export interface Handler {
  /** Outputs it returns beyond the inputs; the type's always present ones must be among both (a test proves it). */
  readonly computed: readonly string[];
  /** Computed outputs that are secret. */
  readonly secret: readonly string[];
  /** Top-level inputs that cannot be changed in place: the real provider makes a new resource instead. */
  readonly replaces: readonly string[];
  /** The input that names it, when two cannot have the same name. */
  readonly nameInput: string | undefined;
  /** Validates and fills in defaults and names, as the real provider's check does. */
  check(inputs: Values, name: string): Checked;
  /** Makes it, or makes it so again: an update is another create with new inputs. */
  create(request: CreateRequest<Values>, cloud: LocalCloud): Promise<Created>;
  /** The inputs as they are in reality, or undefined when it is gone. Without one, what was made is as it was made. */
  read?(known: Known, cloud: LocalCloud): Promise<Values | undefined>;
  delete?(id: string, outputs: Values, cloud: LocalCloud): Promise<void>;
}

export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

export interface HandlerDefinition<Schema extends z.ZodType<Values>> {
  /** What the handler reads of the inputs; a loose object, for the rest is kept as it is. */
  readonly inputs: Schema;
  readonly computed?: readonly string[];
  readonly secret?: readonly string[];
  /** The property that gets a deterministic name when the program sets none. */
  readonly autoName?: string;
  /** The input that names it, where the program must set it. @default `autoName` */
  readonly named?: string;
  /** What makes a new resource when it changes, beside the name, `project`, `location` and `region`. */
  readonly replaces?: readonly string[];
  create(request: CreateRequest<z.output<Schema>>, cloud: LocalCloud): Promise<Created> | Created;
  read?(known: Known, cloud: LocalCloud): Promise<Values | undefined> | Values | undefined;
  delete?(id: string, outputs: Values, cloud: LocalCloud): Promise<void> | void;
}

/** Where something is cannot be changed on any type. */
const PLACE = ["project", "location", "region"];

/** A handler from its schema and its functions. Inputs are echoed as outputs, as the real provider does. */
export function defineHandler<Schema extends z.ZodType<Values>>(definition: HandlerDefinition<Schema>): Handler {
  const { autoName } = definition;
  const nameInput = definition.named ?? autoName;
  return {
    computed: definition.computed ?? [],
    secret: definition.secret ?? [],
    replaces: [...PLACE, ...(nameInput === undefined ? [] : [nameInput]), ...(definition.replaces ?? [])],
    nameInput,
    check(inputs, name) {
      const named =
        autoName === undefined || inputs[autoName] !== undefined ? inputs : { ...inputs, [autoName]: nameFor(name) };
      const parsed = definition.inputs.safeParse(named);
      if (parsed.success) return { inputs: parsed.data, failures: [] };
      const failures = parsed.error.issues.map(({ path, message }) => ({ property: path.join("."), reason: message }));
      return { inputs: named, failures };
    },
    async create(request, cloud) {
      const inputs = definition.inputs.parse(request.inputs);
      const made = await definition.create({ name: request.name, inputs }, cloud);
      return { id: made.id, outputs: { ...inputs, ...made.outputs } };
    },
    ...(definition.read && {
      read: async (known: Known, cloud: LocalCloud) => definition.read?.(known, cloud),
    }),
    ...(definition.delete && {
      delete: async (id: string, outputs: Values, cloud: LocalCloud) => definition.delete?.(id, outputs, cloud),
    }),
  };
}

/** Inputs that nearly every type has. */
export const common = { project: z.string().optional() };

/** `labels` as the provider reports them: what was set, and what is in force. */
export function labelOutputs(labels: Readonly<Record<string, string>> | undefined): Values {
  return { labels, pulumiLabels: labels ?? {}, effectiveLabels: labels ?? {} };
}
export const LABEL_OUTPUTS = ["pulumiLabels", "effectiveLabels"] as const;
export const labels = z.record(z.string(), z.string()).optional();
