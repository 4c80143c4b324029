import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ListTodo } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../design/button.tsx";
import { EmptyState } from "../../design/empty-state.tsx";
import { Notice } from "../../design/notice.tsx";
import { useApiPorts } from "../session/use-api-ports.ts";
import { Page } from "../shell/page.tsx";
import { useProblemWords } from "../shell/problem-words.ts";
import { toast } from "../shell/toasts.tsx";
import { useNow } from "../shell/use-now.ts";
import { TaskCard } from "./task-card.tsx";
import { useTasks } from "./use-tasks.ts";

/** Follow-ups that are left to a person: also those of customers who have no conversation to show them in. */
export default function TasksPage() {
  const { t } = useLingui();
  const { open, error, again, finish } = useTasks(useApiPorts());
  const words = useProblemWords();
  const now = useNow();
  const list = useRef<HTMLUListElement>(null);
  const done = (id: string) => {
    focusBeside(list.current, id);
    finish(id).then(
      () => toast({ tone: "plain", text: t`Tarefa feita.` }),
      (reason) => toast({ tone: "bad", text: `${t`A tarefa continua aberta.`} ${words(reason)}` }),
    );
  };
  return (
    <Page title={t`Tarefas`}>
      {error !== undefined && (
        <Notice tone="bad" urgent className="mt-4">
          <p>
            <Trans>As tarefas não puderam ser lidas. Nada se perdeu.</Trans> {words(error)}
          </p>
          <Button className="mt-2" onClick={again}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </Notice>
      )}
      {open !== undefined && (
        <p role="status" className="mt-1 text-body text-muted">
          <Plural
            value={open.length}
            _0="Nenhuma tarefa aberta."
            one="# mensagem que as automações deixaram para uma pessoa."
            other="# mensagens que as automações deixaram para uma pessoa."
          />
        </p>
      )}
      {open?.length === 0 ? (
        <EmptyState icon={ListTodo} title={<Trans>Tudo em dia</Trans>}>
          <Trans>
            Quando o canal não deixa uma automação escrever, a mensagem aparece aqui. Ela some quando alguém responde ao
            cliente ou marca como feita.
          </Trans>
        </EmptyState>
      ) : (
        <ul ref={list} aria-label={t`Tarefas abertas`} className="mt-5 grid gap-3">
          {open?.map((task) => (
            <TaskCard key={task.id} task={task} now={now} onDone={() => done(task.id)} />
          ))}
        </ul>
      )}
    </Page>
  );
}

/** Where the keyboard goes when a card leaves: the next one's button, else the one before, else the page. */
function focusBeside(list: HTMLElement | null, id: string): void {
  const cards = [...(list?.children ?? [])];
  const at = cards.findIndex((card) => card.getAttribute("data-task") === id);
  const beside = (cards[at + 1] ?? cards[at - 1])?.querySelector<HTMLElement>("[data-done]");
  (beside ?? list?.closest("section"))?.focus();
}
