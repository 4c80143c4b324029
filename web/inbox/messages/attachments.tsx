import { Trans, useLingui } from "@lingui/react/macro";
import { File, Image, type LucideIcon, MapPin, Mic, Paperclip, Sticker, UserRound, Video } from "lucide-react";
import type { Attachment, AttachmentReason } from "../../../app/attachments/model.ts";
import type { AttachmentInfo } from "../../../app/channels/channel.ts";
import { useAttachmentWords } from "./attachment-words.ts";
import { AudioPlayer } from "./audio-player.tsx";
import { useFile } from "./use-file.ts";

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

export interface AttachmentsProps {
  readonly messageId: string;
  readonly attachments: readonly Attachment[];
}

/** What came with a message: pictures in sight, sound and video with their controls, the rest by name. */
export function Attachments({ messageId, attachments }: AttachmentsProps) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-1.5 py-1">
      {attachments.map((attachment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a message's attachments never change their order
        <li key={index}>
          {attachment.state === undefined ? (
            <NamedAttachment attachment={attachment} address={httpsAddress(attachment)} />
          ) : (
            <StoredFile messageId={messageId} index={index} attachment={attachment} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface StoredFileProps {
  readonly messageId: string;
  readonly index: number;
  readonly attachment: Attachment;
}

/** A file whose bytes we keep, are fetching, or could not get. */
function StoredFile({ messageId, index, attachment }: StoredFileProps) {
  const { t } = useLingui();
  const words = useAttachmentWords();
  const reasons = useFileReasons();
  const { link, failed, renew } = useFile(messageId, index, attachment.state === "stored");
  const name = words(attachment);
  if (attachment.state === "failed" || failed) {
    const reason =
      attachment.reason === undefined ? t`O arquivo não abriu. Recarregue a página.` : reasons[attachment.reason];
    return <NamedAttachment attachment={attachment} address={undefined} note={reason} />;
  }
  if (attachment.state === "pending")
    return <NamedAttachment attachment={attachment} address={undefined} note={t`Buscando o arquivo…`} />;
  // Its place is kept while the link comes, so that nothing jumps.
  if (link === undefined) return <NamedAttachment attachment={attachment} address={undefined} />;
  switch (attachment.type) {
    case "image":
    case "sticker":
      return (
        <a href={link.url} target="_blank" rel="noopener noreferrer" className="block w-fit rounded-base">
          <img src={link.url} alt={name} onError={renew} className="max-h-60 max-w-full rounded-base" />
        </a>
      );
    case "audio":
      return <AudioPlayer link={link} name={name} onError={renew} />;
    case "video":
      return (
        <video
          src={link.url}
          controls
          preload="metadata"
          aria-label={name}
          onError={renew}
          className="max-h-72 max-w-full rounded-base"
        >
          <track kind="captions" />
        </video>
      );
    default:
      return <NamedAttachment attachment={attachment} address={link.url} />;
  }
}

function useFileReasons(): Readonly<Record<AttachmentReason, string>> {
  const { t } = useLingui();
  return {
    expired: t`O arquivo expirou na Meta antes de ser guardado.`,
    too_large: t`O arquivo é maior do que o canal permite.`,
    type_refused: t`O arquivo não é de um tipo permitido.`,
    host_refused: t`O arquivo vinha de um endereço que não é da Meta.`,
    unavailable: t`O arquivo não pôde ser buscado.`,
  };
}

interface NamedAttachmentProps {
  readonly attachment: AttachmentInfo;
  readonly address: string | undefined;
  /** Why it cannot be opened, or not yet. */
  readonly note?: string;
}

function NamedAttachment({ attachment, address, note }: NamedAttachmentProps) {
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
      <span className={shape}>
        {name}
        {note !== undefined && <span className="min-w-0 flex-1 text-small text-muted">{note}</span>}
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
