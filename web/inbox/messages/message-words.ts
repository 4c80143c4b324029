import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import type { MessageKind } from "../../../app/channels/channel.ts";
import type { Message } from "../data/model.ts";

/** What a message says, and for one without text what it is. */
export function useMessageWords(): (message: Pick<Message, "text" | "kind" | "deletedAt">) => string {
  const { t } = useLingui();
  return useCallback(
    ({ text, kind, deletedAt }) => {
      if (deletedAt !== undefined) return t`Mensagem apagada`;
      if (text !== "") return text;
      const kinds: Partial<Record<MessageKind, string>> = {
        image: t`Imagem`,
        video: t`Vídeo`,
        audio: t`Áudio`,
        document: t`Documento`,
        sticker: t`Figurinha`,
        location: t`Localização`,
        contacts: t`Contato`,
        order: t`Pedido`,
        share: t`Publicação compartilhada`,
        story_reply: t`Resposta a um story`,
        story_mention: t`Menção em um story`,
      };
      return kinds[kind] ?? t`Mensagem que ainda não sabemos mostrar`;
    },
    [t],
  );
}
