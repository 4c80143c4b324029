import { type ComponentProps, type RefObject, useLayoutEffect } from "react";
import { INPUT } from "../../design/field.tsx";

/** Six lines of 22 px and the padding around them. */
const TALLEST_PX = 6 * 22 + 18;

export interface GrowingBoxProps extends Omit<ComponentProps<"textarea">, "ref"> {
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly value: string;
}

/** A box that grows with its text, to six lines. */
export function GrowingBox({ box, value, ...props }: GrowingBoxProps) {
  // The height follows the text, in the same frame.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the text that changes the height
  useLayoutEffect(() => {
    if (box.current === null) return;
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(box.current.scrollHeight + 2, TALLEST_PX)}px`;
  }, [value]);
  return (
    <textarea
      ref={box}
      rows={1}
      value={value}
      className={`${INPUT} block min-h-10 resize-none px-3 py-2 text-body placeholder:overflow-hidden placeholder:text-ellipsis placeholder:whitespace-nowrap`}
      {...props}
    />
  );
}
