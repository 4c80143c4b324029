import { Trans, useLingui } from "@lingui/react/macro";
import { RefreshCw } from "lucide-react";
import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { callApi } from "../data/api.ts";
import { useApiPorts } from "../session/use-api-ports.ts";
import { useProblemWords } from "../shell/problem-words.ts";
import { toast } from "../shell/toasts.tsx";

/** Has everything probed now; what comes of it arrives by itself, as after every probe. */
export function ProbeButton({ onProbed }: { readonly onProbed: () => void }) {
  const { t } = useLingui();
  const words = useProblemWords();
  const ports = useApiPorts();
  const [busy, setBusy] = useState(false);
  const probe = async () => {
    if (busy) return;
    setBusy(true);
    const [outcome] = await Promise.allSettled([callApi(ports, "/api/omni/channels/probe", {})]);
    setBusy(false);
    if (outcome.status === "rejected") toast({ tone: "bad", text: words(outcome.reason) });
    else {
      toast({ tone: "plain", text: t`Todos os canais foram verificados.` });
      onProbed();
    }
  };
  return (
    <Button onClick={() => void probe()} aria-disabled={busy}>
      <RefreshCw aria-hidden className={busy ? "size-4 animate-spin" : "size-4"} />
      {busy ? <Trans>Verificando…</Trans> : <Trans>Verificar agora</Trans>}
    </Button>
  );
}
