import { useMemo } from "react";
import type { ApiPorts } from "../data/api.ts";
import { useSignedIn } from "./session.ts";

/** How pages that ask the API by themselves do it: as the person signed in. */
export function useApiPorts(): ApiPorts {
  const { auth } = useSignedIn();
  return useMemo(
    () => ({
      fetch: (input, init) => fetch(input, init),
      token: () => auth.token(),
      // None of these pages asks for anything while it is being left.
      leaving: () => false,
    }),
    [auth],
  );
}
