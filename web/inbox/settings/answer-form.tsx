import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useId, useState } from "react";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { Field, INPUT } from "../../design/field.tsx";
import type { CannedResponse } from "../data/model.ts";
import { CANNED_VARIABLES, type CannedVariable, fillCanned } from "../messages/canned.ts";
import type { AdminApi } from "./admin-api.ts";
import { TaskProblem } from "./section.tsx";
import { useTask } from "./use-task.ts";

export interface AnswerFormProps {
  readonly api: AdminApi;
  /** With an empty text: a new one. */
  readonly answer: CannedResponse;
  readonly onDone: () => void;
}

/** A ready answer, new or changed, with what may stand in it and how it will read. */
export function AnswerForm({ api, answer, onDone }: AnswerFormProps) {
  const { t } = useLingui();
  const task = useTask();
  const [shortcut, setShortcut] = useState(answer.shortcut);
  const [text, setText] = useState(answer.text);
  const textId = useId();
  const hintId = useId();
  const meanings: Readonly<Record<CannedVariable, string>> = {
    "contact.first_name": t`primeiro nome`,
    "contact.name": t`nome inteiro`,
    "contact.phone": t`telefone`,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => {
      await api.saveCanned({ id: answer.id, shortcut, text: text.trim() });
      onDone();
    });
  };
  const preview = fillCanned(text, { name: t`Maria de Exemplo`, phone: "5511900000000" });
  return (
    <Dialog
      open
      onClose={onDone}
      title={answer.text === "" ? t`Nova resposta` : t`Mudar resposta`}
      className="max-w-140"
    >
      <form onSubmit={submit} className="grid gap-4 p-5">
        <Field
          label={t`Atalho, sem a barra`}
          required
          autoFocus
          maxLength={40}
          value={shortcut}
          onChange={(event) => setShortcut(shortcutOf(event.target.value))}
        />
        <div className="grid gap-1">
          <label htmlFor={textId} className="font-medium">
            <Trans>Texto</Trans>
          </label>
          <textarea
            id={textId}
            required
            rows={5}
            maxLength={4096}
            aria-describedby={hintId}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={`${INPUT} px-3 py-2 text-body`}
          />
          <div id={hintId} className="text-small text-muted">
            <Trans>Estas palavras entre chaves dão lugar ao que se sabe do cliente:</Trans>
            <ul className="mt-1 flex flex-wrap gap-1">
              {CANNED_VARIABLES.map((variable) => (
                <li key={variable}>
                  <button
                    type="button"
                    onClick={() => setText(`${text}${text === "" || /\s$/.test(text) ? "" : " "}{{${variable}}}`)}
                    className="rounded-base border border-edge bg-raised px-1.5 py-0.5 text-ink hover:bg-hover max-pane:py-2"
                  >
                    {`{{${variable}}}`} <span className="text-muted">{meanings[variable]}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        </div>
        {preview.trim() !== "" && (
          <div>
            <p className="pb-1 text-small text-muted">
              <Trans>Como o cliente lê</Trans>
            </p>
            <p className="rounded-bubble bg-chosen px-3 py-2 text-body break-words whitespace-pre-wrap">{preview}</p>
          </div>
        )}
        <TaskProblem>{task.problem}</TaskProblem>
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button look="solid" type="submit" disabled={task.busy}>
            <Trans>Guardar</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** One word of letters, digits, - and _, as the API takes it: what else is typed becomes a dash, or is left out. */
function shortcutOf(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/\s+/gu, "-")
    .replace(/[^\p{L}\d_-]/gu, "");
}
