import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useInbox } from "../data/inbox.ts";
import type { Conversation } from "../data/model.ts";
import { Section } from "./section.tsx";

/** What the platform knows of a customer whose account is proven: jobs, proposals, payments. */
export function PlatformFacts({ conversation }: { readonly conversation: Conversation }) {
  const { t } = useLingui();
  const { api } = useInbox();
  const { id, userId } = conversation;
  const [told, setTold] = useState<{ readonly id: string; readonly facts: readonly string[] }>();
  useEffect(() => {
    if (userId === undefined) return;
    let current = true;
    api.platformFacts(id).then(
      (facts) => current && setTold({ id, facts }),
      (reason) => console.warn("The platform's facts could not be read.", reason),
    );
    return () => {
      current = false;
    };
  }, [api, id, userId]);
  const facts = told?.id === id ? told.facts : [];
  if (userId === undefined || facts.length === 0) return null;
  return (
    <Section title={t`Na plataforma`}>
      <ul className="grid list-disc gap-1 pl-4 text-ink">
        {facts.map((fact) => (
          <li key={fact} className="break-words">
            {fact}
          </li>
        ))}
      </ul>
    </Section>
  );
}
