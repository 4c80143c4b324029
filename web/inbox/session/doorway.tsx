import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { LocaleSelect } from "./locale-select.tsx";

export interface DoorwayProps {
  readonly title: string;
  readonly subtitle?: string;
  readonly children: ReactNode;
}

/** The card in the middle of the page, before anything else can be shown. */
export function Doorway({ title, subtitle, children }: DoorwayProps) {
  const { t } = useLingui();
  return (
    <div className="flex h-full flex-col overflow-auto">
      <main className="m-auto w-full max-w-100 px-4 py-10">
        <div className="mb-6 flex items-center gap-2.5">
          <img src="/icon.svg" alt="" className="size-8" />
          <span className="text-body font-semibold">Servio Omnichannel</span>
        </div>
        <div className="rounded-bubble border border-line bg-surface p-6">
          <h1 className="text-page font-semibold">{title}</h1>
          {subtitle !== undefined && <p className="mt-1 text-body text-muted">{subtitle}</p>}
          <div className="mt-5">{children}</div>
        </div>
      </main>
      <footer className="flex justify-center pb-6">
        <LocaleSelect label={t`Idioma`} />
      </footer>
    </div>
  );
}
