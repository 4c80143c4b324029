import { linkify } from "./linkify.ts";

/** A customer's words as text; only their web addresses can be followed. */
export function LinkedText({ text }: { readonly text: string }) {
  return linkify(text).map((piece, index) =>
    piece.type === "text" ? (
      piece.text
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text have no identity but their place
        key={index}
        href={piece.text}
        target="_blank"
        rel="noopener noreferrer nofollow"
        className="text-accent underline decoration-1 underline-offset-2"
      >
        {piece.text}
      </a>
    ),
  );
}
