import { type FormEvent, useEffect, useRef, useState } from "react";
import type { FormAnswers } from "../chat.ts";
import { type Field, type FieldName, type FieldProblem, problemOf } from "../form.ts";
import type { Words } from "../words/index.ts";
import { useWords } from "./context.ts";

const KINDS: Readonly<Record<FieldName, { type: string; autoComplete: string; most: number }>> = {
  name: { type: "text", autoComplete: "name", most: 120 },
  email: { type: "email", autoComplete: "email", most: 200 },
  phone: { type: "tel", autoComplete: "tel", most: 40 },
};

interface StartFormProps {
  readonly fields: readonly Field[];
  readonly onDone: (answers: FormAnswers) => void;
}

/** Asked before the first message. What is wrong is said at the field, and the first such field has the focus. */
export function StartForm({ fields, onDone }: StartFormProps) {
  const { words } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Partial<Record<FieldName, FieldProblem>>>({});
  useEffect(() => {
    form.current?.querySelector("input")?.focus();
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const values = valuesOf(form.current);
    const found = Object.fromEntries(
      fields.flatMap((field) => {
        const problem = problemOf(field, values[field.name] ?? "");
        return problem ? [[field.name, problem]] : [];
      }),
    );
    setProblems(found);
    const [wrong] = Object.keys(found);
    if (wrong !== undefined) form.current?.querySelector<HTMLInputElement>(`[name=${wrong}]`)?.focus();
    else onDone(answersFrom(values, words));
  };

  return (
    <form className="start" ref={form} onSubmit={submit} noValidate>
      <h2>{words.formTitle}</h2>
      {fields.map((field) => (
        <FormField key={field.name} field={field} problem={problems[field.name]} words={words} />
      ))}
      <button type="submit" className="primary">
        {words.formStart}
      </button>
    </form>
  );
}

function FormField({ field, problem, words }: { field: Field; problem: FieldProblem | undefined; words: Words }) {
  const { type, autoComplete, most } = KINDS[field.name];
  const problemId = `${field.name}-problem`;
  return (
    <div className="field">
      <label htmlFor={field.name}>
        {words.fields[field.name]}
        {!field.required && <span> ({words.formOptional})</span>}
      </label>
      <input
        id={field.name}
        name={field.name}
        type={type}
        autoComplete={autoComplete}
        maxLength={most}
        required={field.required}
        aria-invalid={problem !== undefined}
        aria-describedby={problem && problemId}
      />
      {problem && (
        <p id={problemId} role="alert">
          {problem === "email" ? words.formEmail : words.formMissing}
        </p>
      )}
    </div>
  );
}

function valuesOf(form: HTMLFormElement | null): Record<string, string> {
  const data = form ? [...new FormData(form)] : [];
  return Object.fromEntries(data.map(([name, value]) => [name, String(value).trim()]));
}

/** The server keeps the answers by the words that stood beside them. */
function answersFrom({ name, ...others }: Record<string, string>, words: Words): FormAnswers {
  const form = Object.fromEntries(
    Object.entries(others).flatMap(([field, value]) => (value ? [[words.fields[field as FieldName], value]] : [])),
  );
  return { ...(name && { name }), ...(Object.keys(form).length > 0 && { form }) };
}
