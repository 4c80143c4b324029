import { Trans, useLingui } from "@lingui/react/macro";
import { Download, UserSearch } from "lucide-react";
import { type FormEvent, useCallback, useState } from "react";
import { Button } from "../../design/button.tsx";
import { Field } from "../../design/field.tsx";
import { saveAs } from "../data/save-as.ts";
import { go } from "../shell/navigation.tsx";
import type { AdminApi, Counts, KeptOfPerson } from "./admin-api.ts";
import { CountList } from "./count-list.tsx";
import { ErasePerson } from "./erase-person.tsx";
import { CARD, Fetched, Section, TaskProblem } from "./section.tsx";
import { useLoaded } from "./use-loaded.ts";
import { useTask } from "./use-task.ts";

export interface PersonDataProps {
  readonly api: AdminApi;
  /** A conversation's id, when one was chosen. */
  readonly asked: string | undefined;
}

/** What is kept of one person: seen, handed over, removed. */
export function PersonData({ api, asked }: PersonDataProps) {
  const { t } = useLingui();
  const [id, setId] = useState(asked ?? "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go({ page: "settings", section: "person", person: id.trim() });
  };
  return (
    <Section
      title={t`Dados de uma pessoa`}
      note={t`Para quem pede uma cópia do que guardamos, ou que tudo seja apagado. Vale para todas as conversas da pessoa, em todos os canais, e fica registrado quem fez.`}
    >
      <form onSubmit={submit} className="mt-4 flex max-w-140 flex-wrap items-end gap-2">
        <div className="min-w-60 flex-1">
          <Field
            label={t`Id de uma conversa`}
            required
            minLength={3}
            maxLength={500}
            pattern="[^\/]+"
            placeholder="whatsapp_5511900000000"
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
        </div>
        <Button type="submit" className="h-10">
          <UserSearch aria-hidden className="size-4" />
          <Trans>Procurar</Trans>
        </Button>
      </form>
      <p className="mt-1 text-small text-muted">
        <Trans>Ou abra a conversa e, no menu do painel da pessoa, escolha “Dados desta pessoa…”.</Trans>
      </p>
      {asked !== undefined && <Kept api={api} id={asked} />}
    </Section>
  );
}

function Kept({ api, id }: { readonly api: AdminApi; readonly id: string }) {
  const load = useCallback(() => api.person(id), [api, id]);
  const { value, error, again } = useLoaded(load);
  const [removed, setRemoved] = useState<Counts>();
  if (removed !== undefined) {
    return (
      <div role="status" className={`${CARD} p-4`}>
        <h4 className="text-body font-semibold text-good">
          <Trans>Tudo desta pessoa foi apagado.</Trans>
        </h4>
        <CountList counts={removed} />
      </div>
    );
  }
  return (
    <Fetched value={value} error={error} onRetry={again}>
      {(kept) => <Found api={api} id={id} kept={kept} onErased={setRemoved} />}
    </Fetched>
  );
}

interface FoundProps {
  readonly api: AdminApi;
  readonly id: string;
  readonly kept: KeptOfPerson;
  readonly onErased: (removed: Counts) => void;
}

function Found({ api, id, kept, onErased }: FoundProps) {
  const { t } = useLingui();
  const task = useTask();
  const save = () => task.run(async () => saveAs(await api.exportPerson(id), `${id}.ndjson`));
  return (
    <div className="mt-4 grid items-start gap-4 wide:grid-cols-2">
      <section aria-label={t`O que guardamos`} className="rounded-bubble border border-line bg-surface p-4">
        <h4 className="text-body font-semibold">
          <Trans>O que guardamos</Trans>
        </h4>
        <CountList counts={kept.counts} />
        <ul aria-label={t`Conversas desta pessoa`} className="mt-2 border-t border-line pt-2 text-small text-muted">
          {kept.conversations.map((each) => (
            <li key={each} className="break-all">
              {each}
            </li>
          ))}
        </ul>
        <Button className="mt-3" onClick={() => void save()} disabled={task.busy}>
          <Download aria-hidden className="size-4" />
          {task.busy ? <Trans>Preparando o arquivo…</Trans> : <Trans>Baixar uma cópia</Trans>}
        </Button>
        <p className="mt-1 text-small text-muted">
          <Trans>Conversas, mensagens e notas, um documento JSON por linha.</Trans>
        </p>
        <TaskProblem>{task.problem}</TaskProblem>
      </section>
      <ErasePerson api={api} id={id} onErased={onErased} />
    </div>
  );
}
