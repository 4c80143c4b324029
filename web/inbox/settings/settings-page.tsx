import { Trans, useLingui } from "@lingui/react/macro";
import { LockKeyhole } from "lucide-react";
import { useMemo } from "react";
import { EmptyState } from "../../design/empty-state.tsx";
import { useSignedIn } from "../session/session.ts";
import { useApiPorts } from "../session/use-api-ports.ts";
import { PlaceLink, usePlace } from "../shell/navigation.tsx";
import { Page } from "../shell/page.tsx";
import { SETTINGS_SECTIONS, type SettingsSection } from "../shell/place.ts";
import { adminApi } from "./admin-api.ts";
import { Answers } from "./answers.tsx";
import { ChannelSettings } from "./channel-settings.tsx";
import { PersonData } from "./person-data.tsx";
import { Team } from "./team.tsx";
import { Templates } from "./templates.tsx";

/** What administrators see to: who works here, what everybody may say, how it is set up, and what is kept of a person. */
export default function SettingsPage() {
  const { t } = useLingui();
  const { role } = useSignedIn();
  return (
    <Page title={t`Configurações`}>
      {role === "admin" ? (
        <Sections />
      ) : (
        <EmptyState icon={LockKeyhole} title={t`Só para quem administra`}>
          <Trans>
            Aqui se cuida da equipe, das respostas prontas e dos dados de clientes. Sua conta atende conversas; se
            precisar de algo daqui, peça a um administrador.
          </Trans>
        </EmptyState>
      )}
    </Page>
  );
}

function Sections() {
  const { t } = useLingui();
  const place = usePlace();
  const ports = useApiPorts();
  const api = useMemo(() => adminApi(ports), [ports]);
  const current = place.page === "settings" ? place.section : "team";
  const person = place.page === "settings" ? place.person : undefined;
  const names: Readonly<Record<SettingsSection, string>> = {
    team: t`Equipe`,
    answers: t`Respostas prontas`,
    templates: t`Modelos do WhatsApp`,
    channels: t`Canais`,
    person: t`Dados de uma pessoa`,
  };
  return (
    <>
      <nav aria-label={t`Configurações`} className="mt-3 overflow-x-auto border-b border-line">
        <ul className="flex gap-1">
          {SETTINGS_SECTIONS.map((section) => (
            <li key={section} ref={section === current ? intoSight : undefined}>
              <PlaceLink
                to={{ page: "settings", section }}
                aria-current={section === current ? "page" : undefined}
                className="focus-inset inline-flex h-10 items-center rounded-t-base border-b-2 border-transparent px-3 whitespace-nowrap text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-accent"
              >
                {names[section]}
              </PlaceLink>
            </li>
          ))}
        </ul>
      </nav>
      {current === "team" && <Team api={api} />}
      {current === "answers" && <Answers api={api} />}
      {current === "templates" && <Templates />}
      {current === "channels" && <ChannelSettings api={api} />}
      {current === "person" && <PersonData key={person} api={api} asked={person} />}
    </>
  );
}

/** On a phone the row of names is wider than the page. */
function intoSight(name: HTMLElement | null): void {
  name?.scrollIntoView({ block: "nearest", inline: "nearest" });
}
