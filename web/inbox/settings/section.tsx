import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Button } from "../../design/button.tsx";
import { Notice } from "../../design/notice.tsx";
import { useProblemWords } from "../shell/problem-words.ts";

export interface SectionProps {
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly note: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the settings under its heading. */
export function Section({ title, note, action, children }: SectionProps) {
  return (
    <section aria-label={title} className="mt-6">
      <header className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <div className="min-w-60 flex-1">
          <h3 className="text-title font-semibold">{title}</h3>
          <p className="max-w-160 text-list text-muted">{note}</p>
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}

/** What holds the rows of a section. */
export const CARD = "mt-4 rounded-bubble border border-line bg-surface";

export interface FetchedProps<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly children: (value: T) => ReactNode;
}

/** What was asked for, or that it is on its way, or why it did not come. What came before stays. */
export function Fetched<T>({ value, error, onRetry, children }: FetchedProps<T>) {
  const words = useProblemWords();
  return (
    <>
      {error !== undefined && (
        <Notice tone="bad" urgent className="mt-4">
          <Trans>Isto não pôde ser lido.</Trans> {words(error)}
          <Button className="mt-2 flex" onClick={onRetry}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </Notice>
      )}
      {value !== undefined ? children(value) : error === undefined && <Skeleton />}
    </>
  );
}

function Skeleton() {
  const { t } = useLingui();
  return (
    <div role="status" className={`appear-late ${CARD} grid gap-3 p-4`}>
      <span className="sr-only">{t`Carregando`}</span>
      {["w-2/5", "w-3/5", "w-1/3"].map((width) => (
        <div key={width} className={`h-4 rounded-base bg-hover ${width}`} />
      ))}
    </div>
  );
}

/** Why the last thing that was asked for was not done. */
export function TaskProblem({ children }: { readonly children: string | undefined }) {
  if (children === undefined) return null;
  return (
    <Notice tone="bad" urgent>
      {children}
    </Notice>
  );
}
