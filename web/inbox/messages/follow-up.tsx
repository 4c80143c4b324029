import { Trans } from "@lingui/react/macro";
import { Workflow } from "lucide-react";
import { Button } from "../../design/button.tsx";

/** What an automation wanted to say and the channel let only a person say. */
export function FollowUp({ text, onUse }: { readonly text: string; readonly onUse: (text: string) => void }) {
  return (
    <div className="mb-2 flex items-center gap-3 rounded-base bg-info-ground px-3 py-2 text-info">
      <Workflow aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <span className="block text-small font-medium">
          <Trans>A automação não pôde enviar. Você pode:</Trans>
        </span>
        <span className="line-clamp-2 text-ink">{text}</span>
      </p>
      <Button onClick={() => onUse(text)}>
        <Trans>Usar</Trans>
      </Button>
    </div>
  );
}
