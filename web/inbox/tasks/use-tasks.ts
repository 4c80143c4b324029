import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ApiPorts } from "../data/api.ts";
import { useOpenTasks } from "../data/inbox.ts";
import { useLoaded } from "../settings/use-loaded.ts";
import { finishTask, loadTasks, type Task } from "./tasks-api.ts";

export interface Tasks {
  /** `undefined` until they are known. */
  readonly open: readonly Task[] | undefined;
  readonly error: unknown;
  again(): Promise<void>;
  /** Takes it off at once; it comes back, and this throws, when the API refuses. @throws {ApiError} */
  finish(id: string): Promise<void>;
}

/** What automations left to people, read again when one is added or somebody else is done with one. */
export function useTasks(ports: ApiPorts): Tasks {
  const load = useCallback(() => loadTasks(ports), [ports]);
  const { value, error, again } = useLoaded(load);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const ids = useOpenTasks()?.join();
  const read = useRef(ids);
  useEffect(() => {
    if (read.current !== undefined && read.current !== ids) void again();
    read.current = ids;
  }, [ids, again]);
  const finish = useCallback(
    async (id: string) => {
      setGone((before) => new Set(before).add(id));
      try {
        await finishTask(ports, id);
      } catch (reason) {
        setGone((before) => new Set([...before].filter((other) => other !== id)));
        throw reason;
      }
    },
    [ports],
  );
  const open = useMemo(() => value?.filter(({ id }) => !gone.has(id)), [value, gone]);
  return { open, error, again, finish };
}
