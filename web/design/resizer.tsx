import { clsx } from "clsx";
import type { KeyboardEvent, PointerEvent } from "react";

export interface ResizerProps {
  /** What is made wider or narrower, in words. */
  readonly label: string;
  /** CSS pixels. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** Which side of the line the column is on. */
  readonly side: "left" | "right";
  readonly className?: string;
}

const STEP_PX = 16;

/** The line between two columns: drag it, or move it with the arrow keys. */
export function Resizer({ label, value, min, max, onChange, side, className }: ResizerProps) {
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))));
  const direction = side === "left" ? 1 : -1;

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const line = event.currentTarget;
    const start = event.clientX;
    line.setPointerCapture(event.pointerId);
    const onMove = (move: globalThis.PointerEvent) => set(value + (move.clientX - start) * direction);
    const onUp = () => line.removeEventListener("pointermove", onMove);
    line.addEventListener("pointermove", onMove);
    line.addEventListener("lostpointercapture", onUp, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -STEP_PX * direction,
      ArrowRight: STEP_PX * direction,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(value + step);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      className={clsx("relative z-10 -mx-1 w-2 shrink-0 cursor-col-resize touch-none hover:bg-line", className)}
    />
  );
}
