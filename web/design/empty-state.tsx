import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Says what will be here, and how the first one gets here. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 px-6 py-10 text-center">
      <Icon aria-hidden className="size-7 text-faint" strokeWidth={1.5} />
      <h2 className="text-body font-semibold text-ink">{title}</h2>
      {children !== undefined && <div className="max-w-72 text-list text-muted">{children}</div>}
      {action}
    </div>
  );
}
