import { useLingui } from "@lingui/react/macro";
import { useCallback } from "react";
import type { AttachmentInfo } from "../../../app/channels/channel.ts";

/** What an attachment is called: its own name, else what kind of thing it is. */
export function useAttachmentWords(): (attachment: AttachmentInfo) => string {
  const { t } = useLingui();
  return useCallback(
    ({ type, fileName, title, voice }) => {
      const named = fileName ?? title;
      if (named !== undefined && named !== "") return named;
      const kinds: Readonly<Record<AttachmentInfo["type"], string>> = {
        image: t`Imagem`,
        video: t`Vídeo`,
        audio: voice === true ? t`Mensagem de voz` : t`Áudio`,
        document: t`Documento`,
        sticker: t`Figurinha`,
        location: t`Localização`,
        contact: t`Contato`,
        share: t`Publicação compartilhada`,
        other: t`Anexo`,
      };
      return kinds[type];
    },
    [t],
  );
}
