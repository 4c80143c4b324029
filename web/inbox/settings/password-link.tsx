import { Trans, useLingui } from "@lingui/react/macro";
import { Copy } from "lucide-react";
import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { INPUT } from "../../design/field.tsx";

export interface PasswordLinkProps {
  readonly email: string;
  readonly url: string;
  readonly onClose: () => void;
}

/** The one time that a new colleague's link is seen: it is kept nowhere. */
export function PasswordLink({ email, url, onClose }: PasswordLinkProps) {
  const { t } = useLingui();
  const [copied, setCopied] = useState<boolean>();
  const copy = () =>
    navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div role="status" className="mt-4 grid gap-2 rounded-bubble bg-info-ground p-4 text-info">
      <p>
        <Trans>
          A conta de <strong className="font-semibold">{email}</strong> está pronta. Mande este link só a essa pessoa:
          com ele se escolhe a senha. Ele não será mostrado de novo.
        </Trans>
      </p>
      <div className="flex flex-wrap gap-2">
        <input
          readOnly
          aria-label={t`Link para escolher a senha`}
          value={url}
          onFocus={(event) => event.target.select()}
          className={`${INPUT} h-8 w-auto! min-w-40 flex-1 px-2 text-small max-pane:h-10`}
        />
        <Button onClick={() => void copy()}>
          <Copy aria-hidden className="size-4" />
          {copied ? <Trans>Copiado</Trans> : <Trans>Copiar</Trans>}
        </Button>
        <Button onClick={onClose}>
          <Trans>Já mandei</Trans>
        </Button>
      </div>
      {copied === false && (
        <p>
          <Trans>O navegador não deixou copiar. Selecione o link e copie.</Trans>
        </p>
      )}
    </div>
  );
}
