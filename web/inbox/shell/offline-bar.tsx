import { Trans } from "@lingui/react/macro";
import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

/** A quiet line while there is no network. */
export function OfflineBar() {
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <div className="flex items-center justify-center gap-2 bg-wait-ground px-3 py-1.5 text-list text-wait">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          <span>
            <Trans>Sem conexão. O que você vê é o último que chegou; o que você escreve espera aqui.</Trans>
          </span>
        </div>
      )}
    </div>
  );
}
