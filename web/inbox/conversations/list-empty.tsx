import { Trans, useLingui } from "@lingui/react/macro";
import { CheckCheck, Inbox, SearchX } from "lucide-react";
import { Button } from "../../design/button.tsx";
import { EmptyState } from "../../design/empty-state.tsx";
import type { ConversationFilter } from "../data/model.ts";
import { useConfig } from "../shell/config-context.ts";

export interface ListEmptyProps {
  readonly filter: ConversationFilter;
  readonly words: string;
  readonly onClear: () => void;
}

/** Why nothing is here, and what brings something. */
export function ListEmpty({ filter, words, onClear }: ListEmptyProps) {
  const { t } = useLingui();
  if (words.trim() !== "") {
    return (
      <EmptyState icon={SearchX} title={t`Nada com “${words.trim()}”`}>
        <Trans>A busca olha o começo de nomes e telefones, e palavras inteiras das mensagens.</Trans>
      </EmptyState>
    );
  }
  const narrowed = filter.channel !== undefined || filter.userType !== undefined || filter.holder !== undefined;
  if (filter.view === "unread" && !narrowed)
    return (
      <EmptyState
        icon={CheckCheck}
        title={t`Tudo lido`}
        action={<Button onClick={onClear}>{t`Ver as abertas`}</Button>}
      >
        <Trans>Quando um cliente escrever, a conversa aparece aqui.</Trans>
      </EmptyState>
    );
  if (filter.view === "waiting" && !narrowed)
    return (
      <EmptyState
        icon={CheckCheck}
        title={t`Ninguém esperando`}
        action={<Button onClick={onClear}>{t`Ver as abertas`}</Button>}
      >
        <Trans>
          Quando o assistente passar uma conversa para uma pessoa, ela aparece aqui, a que espera há mais tempo
          primeiro.
        </Trans>
      </EmptyState>
    );
  if (filter.view === "closed" || filter.view === "snoozed" || narrowed)
    return (
      <EmptyState
        icon={Inbox}
        title={t`Nenhuma conversa com estes filtros`}
        action={<Button onClick={onClear}>{t`Limpar filtros`}</Button>}
      />
    );
  return <FirstMessage />;
}

function FirstMessage() {
  const { t } = useLingui();
  const { phoneUrl } = useConfig();
  const action =
    phoneUrl === undefined ? undefined : (
      <a
        href={phoneUrl}
        target="_blank"
        rel="noopener noreferrer"
        className="inline-flex h-8 items-center rounded-base bg-accent-ground px-3 font-medium text-on-accent hover:bg-accent-press"
      >
        <Trans>Abrir o telefone de teste</Trans>
      </a>
    );
  return (
    <EmptyState icon={Inbox} title={t`Nenhuma conversa aberta`} action={action}>
      {phoneUrl === undefined ? (
        <Trans>
          Quando alguém escrever no WhatsApp, Instagram, Messenger ou WebChat, a conversa aparece aqui na hora.
        </Trans>
      ) : (
        <Trans>
          Esta é uma pilha local. Faça o papel do cliente no telefone de teste: o que você mandar de lá chega aqui.
        </Trans>
      )}
    </EmptyState>
  );
}
