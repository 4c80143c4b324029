import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "../../design/button.tsx";
import type { FoundElsewhere } from "./use-found.ts";

/** What the search through everything came to, in a line under the field. */
export function FoundLine({ found, count }: { readonly found: FoundElsewhere; readonly count: number }) {
  return (
    <div role="status" className="flex min-h-5 items-center gap-2 text-small text-muted">
      {found.state === "searching" && <Trans>Procurando em todas as conversas…</Trans>}
      {found.state === "done" && (
        <Plural
          value={count}
          _0="Nada mais nas outras conversas"
          one="# em outras conversas"
          other="# em outras conversas"
        />
      )}
      {found.state === "failed" && (
        <>
          <Trans>A busca nas outras conversas não respondeu.</Trans>
          <Button onClick={found.retry}>
            <Trans>Tentar de novo</Trans>
          </Button>
        </>
      )}
    </div>
  );
}
