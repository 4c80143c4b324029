import { useCallback, useEffect, useMemo, useRef } from "react";
import { useInbox, usePresences } from "../data/inbox.ts";
import type { Presence } from "../data/model.ts";
import { useSignedIn } from "../session/session.ts";
import { useTick } from "../shell/use-tick.ts";

/** How often one who only reads says so again. */
const RENEW_MS = 25_000;
/** How often one who types says so again. */
const TYPING_RENEW_MS = 3_000;
/** Longer than a renewal and a slow network: older words are not believed. */
export const VIEWING_MS = 60_000;
export const TYPING_MS = 8_000;

/** Who is here now, the one who types first. @param now Unix milliseconds */
export function present(presences: readonly Presence[], me: string, now: number): readonly Presence[] {
  const fresh = (one: Presence) => now - one.at < (one.state === "typing" ? TYPING_MS : VIEWING_MS);
  const here = presences.filter((one) => one.uid !== me && now - one.at < VIEWING_MS);
  return here
    .map((one): Presence => (fresh(one) ? one : { ...one, state: "viewing" }))
    .toSorted((a, b) => Number(b.state === "typing") - Number(a.state === "typing"));
}

/** Tells colleagues that this conversation is open here. @returns what to call at each key */
export function useTellPresence(conversationId: string): () => void {
  const { api } = useInbox();
  const toldTyping = useRef(0);
  const told = useRef(Promise.resolve());
  const tell = useCallback(
    (state: Presence["state"] | "away") => {
      // One after the other: the last word must arrive last. Only a courtesy: the next one says the same.
      told.current = told.current
        .then(() => api.tellPresence(conversationId, state))
        .catch((reason) => console.info("Colleagues were not told.", reason));
    },
    [api, conversationId],
  );
  useEffect(() => {
    const renew = () => document.visibilityState === "visible" && tell("viewing");
    renew();
    const timer = setInterval(renew, RENEW_MS);
    return () => {
      clearInterval(timer);
      tell("away");
    };
  }, [tell]);
  return useCallback(() => {
    if (Date.now() - toldTyping.current < TYPING_RENEW_MS) return;
    toldTyping.current = Date.now();
    tell("typing");
  }, [tell]);
}

/** The colleagues who have it open. */
export function useColleagues(conversationId: string): readonly Presence[] {
  const presences = usePresences(conversationId);
  const { person } = useSignedIn();
  const now = useTick(presences !== undefined && presences.length > 0);
  return useMemo(() => present(presences ?? [], person.uid, now), [presences, person.uid, now]);
}
