import { useCallback, useEffect, useMemo, useState } from "react";
import type { ApiPorts } from "../data/api.ts";
import { useLoaded } from "../settings/use-loaded.ts";
import { finishTask, loadTasks, type Task } from "./tasks-api.ts";

/** How often the list is read again while it is looked at: automations run every fifteen minutes. */
const AGAIN_MS = 60_000;

export interface Tasks {
  /** `undefined` until they are known. */
  readonly open: readonly Task[] | undefined;
  readonly error: unknown;
  again(): Promise<void>;
  /** Takes it off at once; it comes back, and this throws, when the API refuses. @throws {ApiError} */
  finish(id: string): Promise<void>;
}

/** What automations left to people, read again every minute while the page is seen. */
export function useTasks(ports: ApiPorts): Tasks {
  const load = useCallback(() => loadTasks(ports), [ports]);
  const { value, error, again } = useLoaded(load);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) void again();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
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
