import { clsx } from "clsx";
import type { ComponentProps } from "react";

export interface ButtonProps extends ComponentProps<"button"> {
  /** `solid` for the one thing to do here, `plain` for the others, `bare` inside bars and rows. @default "plain" */
  readonly look?: "solid" | "plain" | "bare";
}

const LOOKS = {
  solid: "bg-accent-ground text-on-accent hover:bg-accent-press font-medium",
  plain: "border border-edge bg-raised text-ink hover:bg-hover",
  bare: "text-muted hover:bg-hover hover:text-ink",
} as const;

/** A button with words. Never smaller than 28 px, so that it can be hit (WCAG 2.5.8 asks for 24). */
export function Button({ look = "plain", className, type = "button", ...props }: ButtonProps) {
  return (
    <button
      type={type}
      className={clsx(
        "inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-base px-3 text-list transition-colors duration-100",
        "disabled:cursor-not-allowed disabled:opacity-60 max-pane:h-10",
        LOOKS[look],
        className,
      )}
      {...props}
    />
  );
}

export interface IconButtonProps extends ComponentProps<"button"> {
  /** What it does, in words: spoken, and shown on hover. */
  readonly label: string;
}

/** A button that is only a glyph, with its words for those who cannot see it or do not know it. */
export function IconButton({ label, className, type = "button", ...props }: IconButtonProps) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={clsx(
        "inline-flex size-8 shrink-0 items-center justify-center rounded-base text-muted transition-colors duration-100",
        "hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-60 max-pane:size-11",
        className,
      )}
      {...props}
    />
  );
}
