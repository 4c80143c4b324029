import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { Field } from "../../design/field.tsx";
import type { AdminApi, Counts } from "./admin-api.ts";
import { TaskProblem } from "./section.tsx";
import { useTask } from "./use-task.ts";

export interface ErasePersonProps {
  readonly api: AdminApi;
  /** A conversation's id; typed once more before anything is removed. */
  readonly id: string;
  readonly onErased: (removed: Counts) => void;
}

/** Removes everything of a person, once the id was typed: what cannot be undone must not be done by a slip. */
export function ErasePerson({ api, id, onErased }: ErasePersonProps) {
  const { t } = useLingui();
  const task = useTask();
  const [typed, setTyped] = useState("");
  const confirmed = typed.trim() === id;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (confirmed) void task.run(async () => onErased(await api.erasePerson(id)));
  };
  return (
    <section aria-label={t`Apagar tudo`} className="rounded-bubble border border-bad bg-surface p-4">
      <h4 className="text-body font-semibold">
        <Trans>Apagar tudo</Trans>
      </h4>
      <p className="mt-1 text-muted">
        <Trans>
          Não pode ser desfeito. O que está na plataforma (conta, propostas, pagamentos) não é tocado. Se a pessoa
          escrever de novo, começa uma conversa nova.
        </Trans>
      </p>
      <form onSubmit={submit} className="mt-3 grid gap-3">
        <Field
          label={
            <Trans>
              Para confirmar, escreva <code className="font-normal break-all">{id}</code>
            </Trans>
          }
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <TaskProblem>{task.problem}</TaskProblem>
        <button
          type="submit"
          disabled={!confirmed || task.busy}
          className="h-9 rounded-base border border-bad px-3 font-medium text-bad hover:bg-bad-ground disabled:cursor-not-allowed disabled:opacity-60 max-pane:h-11"
        >
          {task.busy ? <Trans>Apagando…</Trans> : <Trans>Apagar para sempre</Trans>}
        </button>
      </form>
    </section>
  );
}
