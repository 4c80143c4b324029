import type { ReactNode } from "react";

/** A part of the panel under a heading. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="border-t border-line px-4 py-4">
      <h3 className="pb-2 text-small font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}
