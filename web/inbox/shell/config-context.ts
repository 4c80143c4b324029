import { createContext, useContext } from "react";
import type { InboxConfig } from "../config.ts";

export const ConfigContext = createContext<InboxConfig | undefined>(undefined);

/** @throws outside the signed-in part of the page. */
export function useConfig(): InboxConfig {
  const value = useContext(ConfigContext);
  if (value === undefined) throw new Error("useConfig() is for what is shown after sign-in.");
  return value;
}
