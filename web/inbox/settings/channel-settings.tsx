import { Trans, useLingui } from "@lingui/react/macro";
import { useConfig } from "../shell/config-context.ts";
import type { AdminApi } from "./admin-api.ts";
import { Fetched, Section } from "./section.tsx";
import { SETTING_GROUPS, type SettingGroup, type SettingKey } from "./setting-groups.ts";
import { useLoaded } from "./use-loaded.ts";

/** How channels and assistant are set up: read here, changed in the stack's file. */
export function ChannelSettings({ api }: { readonly api: AdminApi }) {
  const { t } = useLingui();
  const { environment } = useConfig();
  const { value, error, again } = useLoaded(api.settings);
  const names: Readonly<Record<SettingGroup, string>> = {
    meta: t`WhatsApp, Instagram e Messenger`,
    webchat: t`Chat do site`,
    assistant: t`Assistente`,
    automation: t`Automações`,
    notices: t`Avisos a quem administra`,
  };
  return (
    <Section
      title={t`Canais`}
      note={
        <Trans>
          Daqui só se lê. Muda-se no arquivo <code>Pulumi.{environment}.yaml</code>, com <code>pulumi up</code>; o nome
          à direita é a chave. Segredos não aparecem.
        </Trans>
      }
    >
      <Fetched value={value} error={error} onRetry={again}>
        {(settings) => (
          <div className="mt-4 grid items-start gap-4 wide:grid-cols-2">
            {groups.map((group) => (
              <Group key={group} title={names[group]} rows={SETTING_GROUPS[group]} settings={settings} />
            ))}
          </div>
        )}
      </Fetched>
    </Section>
  );
}

const groups = Object.keys(SETTING_GROUPS) as SettingGroup[];

interface GroupProps {
  readonly title: string;
  readonly rows: readonly (readonly [variable: string, key: SettingKey])[];
  readonly settings: Readonly<Record<string, string>>;
}

function Group({ title, rows, settings }: GroupProps) {
  const { t } = useLingui();
  const labels = useSettingLabels();
  const shown = (value: string | undefined) => {
    if (value === undefined || value === "" || value === "none") return t`nenhum`;
    if (value === "true") return t`sim`;
    return value === "false" ? t`não` : value.replaceAll(",", ", ");
  };
  return (
    <section aria-label={title} className="rounded-bubble border border-line bg-surface p-4">
      <h4 className="text-body font-semibold">{title}</h4>
      <dl className="mt-2 grid gap-2">
        {rows.map(([variable, key]) => (
          <div key={variable}>
            <dt className="flex flex-wrap justify-between gap-x-3 text-small text-muted">
              {labels[key]}
              <code>{key}</code>
            </dt>
            <dd className="tabular break-words text-ink select-all">{shown(settings[variable])}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function useSettingLabels(): Readonly<Record<SettingKey, string>> {
  const { t } = useLingui();
  return {
    whatsappPhoneId: t`Id do número do WhatsApp`,
    metaPageId: t`Id da Página do Facebook`,
    instagramAccountId: t`Id da conta do Instagram`,
    graphApiVersion: t`Versão da API da Meta`,
    webchatAllowedOrigins: t`Sites que podem mostrar o chat`,
    geminiModel: t`Modelo`,
    geminiTemperature: t`Temperatura`,
    geminiMaxOutputTokens: t`Tokens de uma resposta, no máximo`,
    geminiHistoryTokens: t`Tokens da conversa que o modelo lê`,
    answerDeadlineSeconds: t`Prazo de uma resposta, em segundos`,
    replyDomains: t`Domínios para os quais uma resposta pode apontar`,
    maskIaLogs: t`Dados pessoais ocultos nos registros da IA`,
    handoffTimeoutMinutes: t`Minutos que uma pessoa tem para assumir (0: sem prazo)`,
    automationTimeZone: t`Fuso de quem não se sabe onde mora`,
    automationQuietHours: t`Horas sem automações, no fuso do cliente`,
    automationPauseHours: t`Horas entre duas automações ao mesmo cliente`,
    siteUrl: t`Site da plataforma`,
    emailFrom: t`Remetente dos e-mails`,
    adminEmails: t`Quem recebe os avisos`,
    runbooksUrl: t`Onde ficam os runbooks`,
  };
}
