import { Trans, useLingui } from "@lingui/react/macro";
import { MessageSquareText, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../design/button.tsx";
import { EmptyState } from "../../design/empty-state.tsx";
import { useCannedResponses } from "../data/inbox.ts";
import type { CannedResponse } from "../data/model.ts";
import { useProblemWords } from "../shell/problem-words.ts";
import { toast } from "../shell/toasts.tsx";
import type { AdminApi } from "./admin-api.ts";
import { AnswerForm } from "./answer-form.tsx";
import { CARD, Fetched, Section } from "./section.tsx";

/** Answers kept ready for everybody, live. */
export function Answers({ api }: { readonly api: AdminApi }) {
  const { t, i18n } = useLingui();
  const words = useProblemWords();
  const { value, error, retry } = useCannedResponses(true);
  const [edited, setEdited] = useState<CannedResponse>();
  const sorted = value?.toSorted((one, other) => one.shortcut.localeCompare(other.shortcut, i18n.locale));
  const add = () => setEdited({ id: crypto.randomUUID(), shortcut: "", text: "" });
  const put = (answer: CannedResponse) =>
    api.saveCanned(answer).catch((reason) => toast({ tone: "bad", text: words(reason) }));
  const remove = (answer: CannedResponse) =>
    api.deleteCanned(answer.id).then(
      () => {
        const undo = { label: t`Desfazer`, run: () => void put(answer) };
        toast({ tone: "plain", text: t`A resposta /${answer.shortcut} foi apagada.`, action: undo });
      },
      (reason) => toast({ tone: "bad", text: words(reason) }),
    );
  const addButton = (
    <Button look="solid" onClick={add}>
      <Plus aria-hidden className="size-4" />
      <Trans>Nova resposta</Trans>
    </Button>
  );
  return (
    <Section
      title={t`Respostas prontas`}
      note={t`Quem atende escreve / e o atalho na caixa de resposta. O que muda aqui vale na hora para todos.`}
      action={addButton}
    >
      <Fetched value={sorted} error={error} onRetry={retry}>
        {(answers) =>
          answers.length === 0 ? (
            <div className={CARD}>
              <EmptyState icon={MessageSquareText} title={t`Nenhuma resposta pronta ainda`}>
                <Trans>Comece pelo que a equipe mais repete: horário, endereço, como pedir um orçamento.</Trans>
              </EmptyState>
            </div>
          ) : (
            <ul className={`${CARD} divide-y divide-line`}>
              {answers.map((answer) => (
                <li key={answer.id} className="flex items-start gap-2 px-4 py-3">
                  <div className="min-w-0 flex-1 gap-4 pane:flex">
                    <p className="shrink-0 font-medium break-all text-accent pane:w-40">/{answer.shortcut}</p>
                    <p className="line-clamp-3 min-w-0 break-words whitespace-pre-wrap text-ink">{answer.text}</p>
                  </div>
                  <IconButton label={t`Mudar /${answer.shortcut}`} onClick={() => setEdited(answer)}>
                    <Pencil aria-hidden className="size-4" />
                  </IconButton>
                  <IconButton label={t`Apagar /${answer.shortcut}`} onClick={() => void remove(answer)}>
                    <Trash2 aria-hidden className="size-4" />
                  </IconButton>
                </li>
              ))}
            </ul>
          )
        }
      </Fetched>
      {edited !== undefined && <AnswerForm api={api} answer={edited} onDone={() => setEdited(undefined)} />}
    </Section>
  );
}
