import { useLingui } from "@lingui/react/macro";
import { BookOpen } from "lucide-react";
import { useConfig } from "../shell/config-context.ts";

/** The files of docs/runbooks that the status page sends people to. */
export type RunbookName = "channel-offline" | "dead-letters" | "no-answer";

export interface RunbookProps {
  readonly name: RunbookName;
  readonly className?: string;
}

/** What to do about something red: a link where the stack says where its runbooks are, else the file's name. */
export function Runbook({ name, className = "" }: RunbookProps) {
  const { t } = useLingui();
  const { runbooksUrl } = useConfig();
  const file = `docs/runbooks/${name}.md`;
  return (
    <p className={`flex items-center gap-1.5 text-small ${className}`}>
      <BookOpen aria-hidden className="size-3.5 shrink-0 text-muted" />
      {runbooksUrl === undefined ? (
        <span>
          {t`O que fazer:`} <code className="break-all select-all">{file}</code>
        </span>
      ) : (
        <a
          href={`${runbooksUrl}/${name}.md`}
          target="_blank"
          rel="noreferrer"
          className="font-medium text-accent underline"
        >{t`O que fazer: runbook ${name}`}</a>
      )}
    </p>
  );
}
