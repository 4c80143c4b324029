import { Trans, useLingui } from "@lingui/react/macro";
import { File, Image, type LucideIcon, MapPin, Mic, Paperclip, Sticker, UserRound, Video } from "lucide-react";
import { useState } from "react";
import type { AttachmentInfo } from "../../../app/channels/channel.ts";
import { useAttachmentWords } from "./attachment-words.ts";

const ICONS: Readonly<Record<AttachmentInfo["type"], LucideIcon>> = {
  image: Image,
  video: Video,
  audio: Mic,
  document: File,
  sticker: Sticker,
  location: MapPin,
  contact: UserRound,
  share: Paperclip,
  other: Paperclip,
};

/** What came with a message: pictures in sight where the channel gave an address, the rest by name. */
export function Attachments({ attachments }: { readonly attachments: readonly AttachmentInfo[] }) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5 py-1">
      {attachments.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message's attachments never change their order
        <li key={index}>
          <Attachment attachment={attachment} />
        </li>
      ))}
    </ul>
  );
}

function Attachment({ attachment }: { readonly attachment: AttachmentInfo }) {
  const words = useAttachmentWords();
  const [broken, setBroken] = useState(false);
  const address = httpsAddress(attachment);
  const picture = attachment.type === "image" || attachment.type === "sticker";
  if (picture && address !== undefined && !broken)
    return (
      <a href={address} target="_blank" rel="noopener noreferrer" className="block w-fit rounded-base">
        <img
          src={address}
          alt={words(attachment)}
          loading="lazy"
          referrerPolicy="no-referrer"
          // An address of Meta's lives for days, not for ever.
          onError={() => setBroken(true)}
          className="max-h-60 max-w-full rounded-base"
        />
      </a>
    );
  return <NamedAttachment attachment={attachment} address={broken ? undefined : address} />;
}

interface NamedAttachmentProps {
  readonly attachment: AttachmentInfo;
  readonly address: string | undefined;
}

function NamedAttachment({ attachment, address }: NamedAttachmentProps) {
  const { t } = useLingui();
  const words = useAttachmentWords();
  const Icon = ICONS[attachment.type];
  const name = (
    <>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="min-w-0 truncate">{words(attachment)}</span>
    </>
  );
  const shape = "flex max-w-full items-center gap-2 rounded-base border border-line bg-raised px-2.5 py-1.5 text-list";
  if (address === undefined)
    return (
      <span className={shape} title={t`O arquivo ainda não pode ser aberto aqui`}>
        {name}
      </span>
    );
  return (
    <a href={address} target="_blank" rel="noopener noreferrer" className={`${shape} text-accent hover:underline`}>
      {name}
      <span className="sr-only">
        <Trans>(abre em outra aba)</Trans>
      </span>
    </a>
  );
}

/** Where it can be opened: its own address, or the map for a place. Nothing but https is followed. */
function httpsAddress({ type, url, latitude, longitude }: AttachmentInfo): string | undefined {
  if (type === "location" && latitude !== undefined && longitude !== undefined)
    return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  return url !== undefined && URL.canParse(url) && new URL(url).protocol === "https:" ? url : undefined;
}
