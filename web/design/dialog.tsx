import { clsx } from "clsx";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** Said when it opens; shown unless `quiet`. */
  readonly title: string;
  /** True when the title is plain from what is inside. @default false */
  readonly quiet?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A box over the page: keeps the focus, closes with Escape or a press beside it, and gives the focus back. Without Radix's
 * own overlay, which would write a style element that the content security policy refuses; the page behind does not scroll.
 */
export function Dialog({ open, onClose, title, quiet = false, className, children }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <div aria-hidden className="fixed inset-0 z-40 bg-veil" />
        <Primitive.Content
          aria-describedby={undefined}
          className={clsx(
            "fixed top-[12vh] left-1/2 z-50 max-h-[76vh] w-[calc(100%-2rem)] -translate-x-1/2 overflow-y-auto rounded-bubble border border-line bg-raised shadow-float outline-none",
            className,
          )}
        >
          <Primitive.Title className={quiet ? "sr-only" : "px-5 pt-4 text-title font-semibold"}>
            {title}
          </Primitive.Title>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
