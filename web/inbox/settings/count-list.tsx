import { useLingui } from "@lingui/react/macro";
import { useTimeStyle } from "../format/use-style.ts";
import type { Counts } from "./admin-api.ts";

/** How many documents of each kind. */
export function CountList({ counts }: { readonly counts: Counts }) {
  const { t } = useLingui();
  const { locale } = useTimeStyle();
  const names: Readonly<Record<string, string>> = {
    conversations: t`Conversas`,
    messages: t`Mensagens, com seus arquivos`,
    outbox: t`Mensagens a enviar`,
    omni_logs: t`Registros dos canais`,
    ia_logs: t`Registros da IA`,
    notes: t`Notas da equipe`,
    presence: t`Quem está com a conversa aberta`,
    scheduled_messages: t`Mensagens agendadas`,
    tasks: t`Tarefas`,
  };
  const number = new Intl.NumberFormat(locale);
  return (
    <dl className="mt-2">
      {Object.entries(counts).map(([collection, count]) => (
        <div key={collection} className="flex justify-between gap-4 py-0.5">
          <dt className="text-muted">{names[collection] ?? collection}</dt>
          <dd className="tabular font-medium">{number.format(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
