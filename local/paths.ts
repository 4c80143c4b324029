import { join } from "node:path";

/** Where the local cloud keeps what it makes. Everything under `.local` may be deleted while nothing runs. */
export interface LocalPaths {
  readonly root: string;
  readonly home: string;
  readonly logs: string;
  readonly run: string;
  readonly storage: string;
  readonly pidFile: string;
  readonly outputs: string;
  readonly rules: string;
}

export function localPaths(root: string, home: string = join(root, ".local")): LocalPaths {
  return {
    root,
    home,
    logs: join(home, "logs"),
    run: join(home, "run"),
    storage: join(home, "storage"),
    pidFile: join(home, "processes.json"),
    outputs: join(home, "outputs.json"),
    rules: join(home, "firestore.rules"),
  };
}
