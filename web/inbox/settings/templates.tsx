import { Trans, useLingui } from "@lingui/react/macro";
import { clsx } from "clsx";
import { FileText } from "lucide-react";
import { EmptyState } from "../../design/empty-state.tsx";
import { useTemplateStates } from "../data/inbox.ts";
import type { TemplateState } from "../data/model.ts";
import { rowTime } from "../format/time.ts";
import { useTimeStyle } from "../format/use-style.ts";
import { useNow } from "../shell/use-now.ts";
import { CARD, Fetched, Section } from "./section.tsx";

/** Those that somebody has to see to come first. */
const ORDER = ["REJECTED", "PAUSED", "DISABLED", "PENDING", "APPROVED"];
const place = ({ status }: TemplateState) => (ORDER.indexOf(status) + ORDER.length) % ORDER.length;

/** WhatsApp's templates as Meta sees them: read here, made and changed at Meta's. */
export function Templates() {
  const { t } = useLingui();
  const { value, error, retry } = useTemplateStates();
  const sorted = value?.toSorted((one, other) => place(one) - place(other) || one.name.localeCompare(other.name));
  return (
    <Section
      title={t`Modelos do WhatsApp`}
      note={t`O que pode ser enviado quando a janela de 24 h fechou. São criados no Gerenciador do WhatsApp, da Meta; o estado chega aqui sozinho.`}
    >
      <Fetched value={sorted} error={error} onRetry={retry}>
        {(templates) =>
          templates.length === 0 ? (
            <div className={CARD}>
              <EmptyState icon={FileText} title={t`Nenhum modelo ainda`}>
                <Trans>Crie o primeiro no Gerenciador do WhatsApp. Aparece aqui em até cinco minutos.</Trans>
              </EmptyState>
            </div>
          ) : (
            <ul className={`${CARD} divide-y divide-line`}>
              {templates.map((template) => (
                <Row key={template.id} template={template} />
              ))}
            </ul>
          )
        }
      </Fetched>
    </Section>
  );
}

const LOOKS: Readonly<Record<string, string>> = {
  APPROVED: "bg-good-ground text-good",
  REJECTED: "bg-bad-ground text-bad",
  DISABLED: "bg-bad-ground text-bad",
  PAUSED: "bg-wait-ground text-wait",
};

function Row({ template }: { readonly template: TemplateState }) {
  const { t } = useLingui();
  const now = useNow();
  const style = useTimeStyle();
  const { name, language, status, category, body, reason, obstacle, at } = template;
  const states: Readonly<Record<string, string>> = {
    APPROVED: t`Aprovado`,
    PENDING: t`Em análise na Meta`,
    REJECTED: t`Recusado`,
    PAUSED: t`Em pausa`,
    DISABLED: t`Desativado`,
    DELETED: t`Apagado na Meta`,
  };
  const obstacles = {
    header_media: t`Não pode ser enviado daqui: o cabeçalho pede um arquivo.`,
    header_variable: t`Não pode ser enviado daqui: o cabeçalho tem uma variável.`,
    button_variable: t`Não pode ser enviado daqui: um botão tem uma variável.`,
    authentication: t`Não pode ser enviado daqui: é de autenticação.`,
  };
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium break-all text-ink">{name}</span>
        <span className="flex-1 text-small text-muted">
          {[language, category?.toLowerCase()].filter(Boolean).join(" · ")}
        </span>
        {at !== undefined && <span className="tabular text-small text-muted">{rowTime(at, now, style)}</span>}
        <span
          className={clsx("rounded-full px-2 py-0.5 text-small font-medium", LOOKS[status] ?? "bg-hover text-muted")}
        >
          {states[status] ?? status}
        </span>
      </div>
      {body !== undefined && <p className="mt-1 line-clamp-3 break-words whitespace-pre-wrap text-muted">{body}</p>}
      {reason !== undefined && <p className="mt-1 break-words text-bad">{t`A Meta diz: ${reason}`}</p>}
      {obstacle !== undefined && <p className="mt-1 text-wait">{obstacles[obstacle]}</p>}
    </li>
  );
}
