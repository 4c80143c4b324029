import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect } from "react";
import { useAgents, useInbox } from "../data/inbox.ts";
import { useSignedIn } from "../session/session.ts";
import { useProblemWords } from "./problem-words.ts";
import { toast } from "./toasts.tsx";

/** Ends this person's sessions on every machine, and here. Where it is refused they stay in, and are told. */
export function useSignOutEverywhere(): () => void {
  const { t } = useLingui();
  const { api } = useInbox();
  const { auth } = useSignedIn();
  const words = useProblemWords();
  return useCallback(() => {
    api.signOutEverywhere().then(
      () => auth.signOut(),
      (reason) => toast({ tone: "bad", text: `${t`Suas sessões não terminaram.`} ${words(reason)}` }),
    );
  }, [api, auth, words, t]);
}

/** Signs out here once this person has ended their sessions elsewhere: the token alone would last up to an hour. */
export function useSignedOutElsewhere(): void {
  const { person, since, auth } = useSignedIn();
  const endedAt = useAgents().find(({ id }) => id === person.uid)?.signedOutAt;
  useEffect(() => {
    // Sign-in is told in whole seconds.
    if (endedAt !== undefined && since < Math.floor(endedAt / 1000) * 1000) void auth.signOut();
  }, [endedAt, since, auth]);
}
