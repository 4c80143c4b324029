import { useLingui } from "@lingui/react/macro";

/** The shape of what is coming, shown only when it takes long enough to be missed. */
export function ListSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" className="appear-late">
      <span className="sr-only">{t`Carregando conversas`}</span>
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className="flex h-16 items-center gap-3 border-b border-line px-3">
          <div className="size-9 rounded-full bg-hover" />
          <div className="grid flex-1 gap-2">
            <div className="h-3 w-2/5 rounded-base bg-hover" />
            <div className="h-3 w-4/5 rounded-base bg-hover" />
          </div>
        </div>
      ))}
    </div>
  );
}
