import { useEffect, useRef, useState } from "react";
import type { FileLink } from "../data/api.ts";

export interface AudioPlayerProps {
  readonly link: FileLink;
  readonly name: string;
  readonly onError: () => void;
}

/**
 * Sound with the browser's own controls. WhatsApp's voice messages are Opus in Ogg, which Safari plays only since 18.4;
 * older ones know the same Opus in Apple's own container, so there it is put into that one, without coding it anew.
 */
export function AudioPlayer({ link, name, onError }: AudioPlayerProps) {
  const source = usePlayable(link);
  return (
    <audio
      src={source}
      controls
      preload="metadata"
      aria-label={name}
      onError={onError}
      className="h-10 w-72 max-w-full"
    >
      <track kind="captions" />
    </audio>
  );
}

function usePlayable({ url, mimeType }: FileLink): string | undefined {
  const needed = useRef(isOgg(mimeType) && cannotPlayOgg()).current;
  const [repacked, setRepacked] = useState<string>();
  useEffect(() => {
    if (!needed) return;
    let address: string | undefined;
    let current = true;
    const repack = async () => {
      const [{ oggOpusToCaf }, response] = await Promise.all([import("./ogg-to-caf.ts"), fetch(url)]);
      const caf = oggOpusToCaf(new Uint8Array(await response.arrayBuffer()));
      if (!current || caf === undefined) return;
      address = URL.createObjectURL(new Blob([caf], { type: "audio/x-caf" }));
      setRepacked(address);
    };
    repack().catch((reason) => console.warn("A voice message could not be prepared for this browser.", reason));
    return () => {
      current = false;
      if (address !== undefined) URL.revokeObjectURL(address);
    };
  }, [needed, url]);
  return needed ? repacked : url;
}

const isOgg = (mimeType: string) => /^audio\/(ogg|opus)\b/.test(mimeType);
const cannotPlayOgg = () => new Audio().canPlayType('audio/ogg; codecs="opus"') === "";
