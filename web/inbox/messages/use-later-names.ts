import { useLingui } from "@lingui/react/macro";
import type { LaterTime } from "./later-times.ts";

/** The times that are one press away, in words. */
export function useLaterNames(): Readonly<Record<LaterTime["name"], string>> {
  const { t } = useLingui();
  return {
    hour: t`Daqui a 1 hora`,
    three_hours: t`Daqui a 3 horas`,
    tomorrow: t`Amanhã às 9 h`,
    monday: t`Segunda às 9 h`,
  };
}
