import { useEffect, useState } from "react";

const TICK_MS = 2_000;

/** Unix milliseconds, renewed every two seconds while that is wanted: for what fades within seconds. */
export function useTick(wanted: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!wanted) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [wanted]);
  return now;
}
