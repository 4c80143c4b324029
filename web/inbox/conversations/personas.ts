import { useLingui } from "@lingui/react/macro";
import type { UserType } from "../../../app/conversations/model.ts";

/** The specification's four personas, as words of the page. */
export function usePersonas(): Readonly<Record<UserType, string>> {
  const { t } = useLingui();
  return { cliente: t`Cliente`, prestador: t`Prestador`, prospector: t`Prospector`, admin: t`Administrador` };
}
