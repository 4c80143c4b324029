import { type ReactNode, useId } from "react";

export interface PageProps {
  readonly title: string;
  /** Beside the title: what can be chosen or done for the whole page. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page that scrolls by itself, under its own title: everything but the inbox. */
export function Page({ title, actions, children }: PageProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="focus-inset h-full overflow-y-auto px-6 py-6 max-pane:px-4"
    >
      <div className="mx-auto max-w-260">
        <header className="flex flex-wrap items-center gap-3">
          <h2 id={id} className="flex-1 text-page font-semibold">
            {title}
          </h2>
          {actions}
        </header>
        {children}
      </div>
    </section>
  );
}
