import { clsx } from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";

export interface FieldProps extends ComponentProps<"input"> {
  readonly label: ReactNode;
}

/** A labelled line to fill in. */
export function Field({ label, className, ...props }: FieldProps) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-list font-medium text-ink">
        {label}
      </label>
      <input id={id} className={clsx(INPUT, "h-10 px-3 text-body", className)} {...props} />
    </div>
  );
}

/** What everything one can type into looks like. */
export const INPUT =
  "w-full rounded-base border border-edge bg-raised text-ink placeholder:text-faint outline-offset-0 disabled:opacity-60";
