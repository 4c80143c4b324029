import { useLingui } from "@lingui/react/macro";
import { LoaderCircle, Paperclip, X } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "../../design/button.tsx";
import type { ChosenFile } from "./use-upload.ts";

/** What will go out with the next message, and how far it has got. */
export function FileChip({ file, onDrop }: { readonly file: ChosenFile; readonly onDrop: () => void }) {
  const { t } = useLingui();
  const travelling = file.upload === undefined;
  return (
    <div
      role="status"
      className="mb-2 flex w-fit max-w-full items-center gap-2 rounded-base border border-line pl-3 text-list"
    >
      {travelling ? (
        <LoaderCircle aria-hidden className="size-4 shrink-0 animate-spin text-muted" />
      ) : (
        <Paperclip aria-hidden className="size-4 shrink-0 text-muted" />
      )}
      <span className="min-w-0 truncate">{file.name}</span>
      {travelling && <span className="shrink-0 text-small text-muted">{t`Carregando…`}</span>}
      <IconButton label={t`Tirar o arquivo`} onClick={onDrop}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}

/** The paper clip: chooses a file of this machine. */
export function FileButton({ onChoose }: { readonly onChoose: (file: File) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        aria-hidden
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          if (file !== undefined) onChoose(file);
        }}
      />
      <IconButton label={t`Anexar um arquivo`} onClick={() => input.current?.click()} className="size-10">
        <Paperclip aria-hidden className="size-4.5" />
      </IconButton>
    </>
  );
}
