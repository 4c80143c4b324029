import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { Notice } from "../../design/notice.tsx";
import { Doorway } from "./doorway.tsx";
import type { Authenticator, Person } from "./session.ts";

export interface NoPermissionProps {
  readonly person: Person;
  readonly auth: Pick<Authenticator, "refresh" | "signOut">;
}

/** Signed in, but the token says nothing of being an agent. */
export function NoPermission({ person, auth }: NoPermissionProps) {
  const { t } = useLingui();
  const [failed, setFailed] = useState(false);
  const again = () => {
    setFailed(false);
    auth.refresh().catch(() => setFailed(true));
  };
  return (
    <Doorway title={t`Sua conta ainda não atende`}>
      <p className="text-body text-muted">
        <Trans>
          Você entrou como <strong className="font-medium text-ink">{person.email}</strong>, mas esta conta não tem o
          papel <code>agent</code> nem <code>admin</code>. Peça a quem administra a equipe; depois, verifique de novo.
        </Trans>
      </p>
      {failed && (
        <Notice tone="bad" urgent className="mt-4">
          <Trans>Não foi possível verificar. Confira a conexão e tente de novo.</Trans>
        </Notice>
      )}
      <div className="mt-5 flex gap-2">
        <Button look="solid" onClick={again}>
          <Trans>Verificar de novo</Trans>
        </Button>
        <Button onClick={() => void auth.signOut()}>
          <Trans>Sair</Trans>
        </Button>
      </div>
    </Doorway>
  );
}
