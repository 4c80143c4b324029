import { useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import type { Upload } from "../data/api.ts";
import { useInbox } from "../data/inbox.ts";
import { useProblemWords } from "../shell/problem-words.ts";
import { toast } from "../shell/toasts.tsx";

/** A file that was chosen, and its upload once that is done. */
export interface ChosenFile {
  readonly name: string;
  readonly upload: Upload | undefined;
}

export interface FileChoice {
  readonly chosen: ChosenFile | undefined;
  choose(file: File): void;
  drop(): void;
}

/** One file at a time: it travels while the caption is being written. */
export function useUpload(conversationId: string): FileChoice {
  const { t } = useLingui();
  const { api } = useInbox();
  const problem = useProblemWords();
  const [chosen, setChosen] = useState<ChosenFile>();
  const current = useRef<File>(undefined);
  const drop = () => {
    current.current = undefined;
    setChosen(undefined);
  };
  const choose = (file: File) => {
    current.current = file;
    setChosen({ name: file.name, upload: undefined });
    api.upload(conversationId, file).then(
      (upload) => current.current === file && setChosen({ name: file.name, upload }),
      (reason) => {
        if (current.current !== file) return;
        drop();
        toast({ tone: "bad", text: `${t`O arquivo não foi enviado.`} ${problem(reason)}` });
      },
    );
  };
  return { chosen, choose, drop };
}
