import { act } from "./api.ts";
import type { IconName } from "./dom.ts";
import { h } from "./dom.ts";
import type { MenuItem } from "./menu.ts";
import type { Bubble, Conversation, MetaChannelName } from "./store.ts";
import { t, type Word } from "./words.ts";

/** What a customer can do besides writing. */

interface Doing {
  readonly type: string;
  readonly word: Word;
  readonly icon: IconName;
}

const EVERYWHERE: readonly Doing[] = [
  { type: "image", word: "image", icon: "image" },
  { type: "video", word: "video", icon: "video" },
];
const AFTER: Readonly<Record<MetaChannelName, readonly Doing[]>> = {
  whatsapp: [
    { type: "voice", word: "voice", icon: "voice" },
    { type: "document", word: "document", icon: "file" },
    { type: "sticker", word: "sticker", icon: "smile" },
    { type: "location", word: "location", icon: "pin" },
    { type: "contacts", word: "contacts", icon: "person" },
    { type: "order", word: "order", icon: "bag" },
    { type: "ad_referral", word: "ad_referral", icon: "horn" },
  ],
  facebook: [
    { type: "audio", word: "voice", icon: "voice" },
    { type: "file", word: "document", icon: "file" },
    { type: "like", word: "like", icon: "smile" },
    { type: "location", word: "location", icon: "pin" },
    { type: "ad_referral", word: "ad_referral", icon: "horn" },
  ],
  instagram: [
    { type: "audio", word: "voice", icon: "voice" },
    { type: "like", word: "like", icon: "heart" },
    { type: "share", word: "share", icon: "file" },
    { type: "story_reply", word: "story_reply", icon: "reply" },
    { type: "story_mention", word: "story_mention", icon: "story" },
    { type: "ad_referral", word: "ad_referral", icon: "horn" },
  ],
};

/** The menu beside the line to write on. */
export function attachItems(conversation: Conversation, failed: (error: unknown) => void): readonly MenuItem[] {
  const { channel, customer } = conversation;
  const run = (more: Record<string, unknown>) => void act({ channel, from: customer, ...more }).catch(failed);
  const items = [...EVERYWHERE, ...AFTER[channel]].map((doing) => ({
    label: t(doing.word),
    icon: doing.icon,
    run: () => run({ type: doing.type }),
  }));
  return [...items, { label: t("computerFile"), icon: "plus", run: () => pickFile(channel, run, failed) }];
}

function pickFile(
  channel: MetaChannelName,
  send: (more: Record<string, unknown>) => void,
  failed: (error: unknown) => void,
): void {
  const input = h("input", { type: "file" });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    if (!file) return;
    toBase64(file).then(
      (base64) => {
        const mimeType = file.type || "application/octet-stream";
        send({ type: typeOf(mimeType, channel), media: { base64, mimeType, fileName: file.name } });
      },
      (error: unknown) => failed(error),
    );
  });
  input.click();
}

function typeOf(mimeType: string, channel: MetaChannelName): string {
  const kind = mimeType.split("/")[0] ?? "";
  if (kind === "image" || kind === "video" || kind === "audio") return kind;
  return channel === "whatsapp" ? "document" : "file";
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000)
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(chunks.join(""));
}

const EMOJI = ["👍", "❤️", "😂", "🙏"] as const;

/** What one can do with a message: react to theirs, change or take back one's own, answer either. */
export function bubbleItems(
  bubble: Bubble,
  compose: (purpose: "reply" | "edit", bubble: Bubble) => void,
  failed: (error: unknown) => void,
): readonly MenuItem[] {
  const { channel, customer, id } = bubble;
  const run = (more: Record<string, unknown>) =>
    void act({ channel, from: customer, target: id, ...more }).catch(failed);
  const reply: MenuItem = { label: t("reply"), icon: "reply", run: () => compose("reply", bubble) };
  if (bubble.author === "business") {
    const reactions = EMOJI.map((emoji) => ({
      label: t("react", { emoji }),
      emoji,
      run: () => run({ type: "reaction", emoji }),
    }));
    const unreact: MenuItem = { label: t("unreact"), icon: "close", run: () => run({ type: "reaction_removed" }) };
    return [...reactions, reply, ...(bubble.reaction ? [unreact] : [])];
  }
  const items: MenuItem[] = [reply];
  if (bubble.kind === "text") items.push({ label: t("edit"), icon: "pencil", run: () => compose("edit", bubble) });
  const unsend = { whatsapp: "revoke", instagram: "unsend", facebook: undefined }[channel];
  if (unsend) items.push({ label: t("remove"), icon: "trash", run: () => run({ type: unsend }) });
  return items;
}
