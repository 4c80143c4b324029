import { Trans, useLingui } from "@lingui/react/macro";
import { PlugZap } from "lucide-react";
import { Button } from "../../design/button.tsx";
import { EmptyState } from "../../design/empty-state.tsx";

export interface ProblemProps {
  /** `config`: the server's answer was not a configuration. `load`: a part of the page did not come. `page`: a fault of ours. */
  readonly kind: "config" | "load" | "page";
  /** For the one who mends it; never the only words. */
  readonly detail?: string;
}

/** The page cannot go on: what happened, what is safe, what to do. */
export function Problem({ kind, detail }: ProblemProps) {
  const { t } = useLingui();
  const titles = {
    config: t`O servidor não respondeu como devia`,
    load: t`Uma parte da página não chegou`,
    page: t`Esta página parou por um erro nosso`,
  };
  return (
    <main className="h-full">
      <EmptyState
        icon={PlugZap}
        title={titles[kind]}
        action={
          <Button look="solid" onClick={() => window.location.reload()}>
            <Trans>Recarregar</Trans>
          </Button>
        }
      >
        <Trans>As conversas estão guardadas e nada do que foi enviado se perdeu. Recarregue a página.</Trans>
        {detail !== undefined && <code className="mt-2 block text-small break-words text-faint">{detail}</code>}
      </EmptyState>
    </main>
  );
}
