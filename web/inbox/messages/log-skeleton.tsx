import { useLingui } from "@lingui/react/macro";

/** The shape of a conversation, shown only when it takes long enough to be missed. */
export function LogSkeleton() {
  const { t } = useLingui();
  return (
    <div role="status" className="appear-late mx-auto flex h-full max-w-180 flex-col justify-end gap-3 p-4">
      <span className="sr-only">{t`Carregando mensagens`}</span>
      <div className="h-9 w-2/5 rounded-bubble bg-hover" />
      <div className="h-9 w-1/3 self-end rounded-bubble bg-hover" />
      <div className="h-14 w-1/2 rounded-bubble bg-hover" />
      <div className="h-9 w-2/5 self-end rounded-bubble bg-hover" />
    </div>
  );
}
