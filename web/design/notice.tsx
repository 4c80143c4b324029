import { clsx } from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  info: { ground: "bg-info-ground text-info", Icon: Info },
  wait: { ground: "bg-wait-ground text-wait", Icon: TriangleAlert },
  bad: { ground: "bg-bad-ground text-bad", Icon: CircleAlert },
} as const;

export interface NoticeProps {
  readonly tone: keyof typeof TONES;
  /** True when it appears because something just went wrong: it is then spoken at once. @default false */
  readonly urgent?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A sentence that says what is the matter and what to do, with a glyph beside the colour. */
export function Notice({ tone, urgent = false, className, children }: NoticeProps) {
  const { ground, Icon } = TONES[tone];
  return (
    <div
      role={urgent ? "alert" : undefined}
      className={clsx("flex items-start gap-2 rounded-base px-3 py-2 text-list", ground, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
