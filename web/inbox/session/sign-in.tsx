import type { MessageDescriptor } from "@lingui/core";
import { Trans, useLingui } from "@lingui/react/macro";
import { LoaderCircle } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Button } from "../../design/button.tsx";
import { Field } from "../../design/field.tsx";
import { Notice } from "../../design/notice.tsx";
import { Doorway } from "./doorway.tsx";
import type { Authenticator } from "./session.ts";
import { signInError } from "./sign-in-error.ts";

export interface SignInProps {
  readonly auth: Pick<Authenticator, "signIn">;
  /** True when an Auth emulator answers: says where the demonstration accounts are. */
  readonly local: boolean;
  /** Called when the person sends the form: time to fetch what comes next. */
  readonly onSubmit?: () => void;
}

/** E-mail and password. */
export function SignIn({ auth, local, onSubmit }: SignInProps) {
  const { t, i18n } = useLingui();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<MessageDescriptor>();

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(undefined);
    onSubmit?.();
    try {
      await auth.signIn(String(form.get("email")).trim(), String(form.get("password")));
    } catch (reason) {
      setError(signInError(reason));
      setBusy(false);
    }
  };

  return (
    <Doorway title={t`Entrar`} subtitle={t`Todas as conversas dos seus canais em um só lugar.`}>
      <form className="grid gap-4" onSubmit={submit}>
        <Field label={t`E-mail`} name="email" type="email" autoComplete="username" required autoFocus />
        <Field label={t`Senha`} name="password" type="password" autoComplete="current-password" required />
        {error !== undefined && (
          <Notice tone="bad" urgent>
            {i18n._(error)}
          </Notice>
        )}
        <Button look="solid" type="submit" className="h-10" aria-disabled={busy}>
          {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
          {busy ? t`Entrando…` : t`Entrar`}
        </Button>
      </form>
      {local && (
        <Notice tone="info" className="mt-4">
          <Trans>
            Pilha local: as contas de demonstração estão em <code>.local/outputs.json</code>, em <code>demoUsers</code>.
          </Trans>
        </Notice>
      )}
    </Doorway>
  );
}
