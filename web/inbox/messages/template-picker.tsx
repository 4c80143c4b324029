import { Trans, useLingui } from "@lingui/react/macro";
import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { renderBody } from "../../../app/templates/model.ts";
import { Button } from "../../design/button.tsx";
import { Field } from "../../design/field.tsx";
import { useInbox, useMessages, useTemplates } from "../data/inbox.ts";
import type { Conversation, Template } from "../data/model.ts";

export interface TemplatePickerProps {
  readonly conversation: Conversation;
  readonly onDone: () => void;
}

/** WhatsApp's approved templates: the one thing that may be said when the window is closed. */
export default function TemplatePicker({ conversation, onDone }: TemplatePickerProps) {
  const { t } = useLingui();
  const templates = useTemplates(true);
  const [chosen, setChosen] = useState<Template>();
  if (templates === undefined) return null;
  if (templates.length === 0)
    return (
      <p className="py-2 text-muted">
        <Trans>
          Nenhum modelo aprovado ainda. Quem administra a conta do WhatsApp os cria na Meta; eles aparecem aqui.
        </Trans>
      </p>
    );
  if (chosen !== undefined)
    return <Fill conversation={conversation} template={chosen} onBack={() => setChosen(undefined)} onDone={onDone} />;
  return (
    <ul aria-label={t`Modelos aprovados`} className="mt-1 max-h-56 overflow-y-auto rounded-base border border-line">
      {templates.map((template) => (
        <li key={template.id} className="border-b border-line last:border-0">
          <button
            type="button"
            onClick={() => setChosen(template)}
            className="grid w-full gap-0.5 px-3 py-2 text-left hover:bg-hover"
          >
            <span className="font-medium text-ink">
              {template.name} <span className="text-small text-muted">{template.language}</span>
            </span>
            <span className="truncate text-muted">{template.body}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface FillProps extends TemplatePickerProps {
  readonly template: Template;
  readonly onBack: () => void;
}

function Fill({ conversation, template, onBack, onDone }: FillProps) {
  const { t } = useLingui();
  const { outgoing } = useInbox();
  const messages = useMessages(conversation.id).value?.items ?? [];
  const [values, setValues] = useState<readonly string[]>(() =>
    template.variables.map((name, index) => (index === 0 || /name|nome/i.test(name) ? (conversation.name ?? "") : "")),
  );
  const missing = values.some((value) => value.trim() === "");
  const parameters = values.map((value) => value.trim());
  const text = renderBody(
    template.body,
    template.variables,
    values.map((value, index) => value.trim() || `{{${template.variables[index]}}}`),
  );
  const send = () => {
    if (missing) return;
    const { name, language } = template;
    void outgoing.send(conversation.id, text, messages, { template: { name, language, parameters } });
    onDone();
  };
  return (
    <form
      className="mt-1 grid gap-3 rounded-base border border-line p-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {template.variables.map((name, index) => (
        <Field
          key={name}
          label={t`Valor de ${name}`}
          value={values[index] ?? ""}
          maxLength={1024}
          onChange={(event) => setValues(values.with(index, event.target.value))}
        />
      ))}
      <p className="rounded-bubble bg-chosen px-3 py-2 text-body break-words whitespace-pre-wrap">{text}</p>
      <div className="flex justify-end gap-2">
        <Button onClick={onBack}>
          <Trans>Outro modelo</Trans>
        </Button>
        <Button look="solid" type="submit" aria-disabled={missing}>
          <SendHorizontal aria-hidden className="size-4" />
          <Trans>Enviar modelo</Trans>
        </Button>
      </div>
    </form>
  );
}
