import { Trans, useLingui } from "@lingui/react/macro";
import { UserPlus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { Avatar } from "../../design/avatar.tsx";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { Field, INPUT } from "../../design/field.tsx";
import { colleagueInitials } from "../format/names.ts";
import { STAFF_ROLES, type StaffRole, useSignedIn } from "../session/session.ts";
import { toast } from "../shell/toasts.tsx";
import type { AdminApi, StaffMember } from "./admin-api.ts";
import { PasswordLink } from "./password-link.tsx";
import { CARD, Fetched, Section, TaskProblem } from "./section.tsx";
import { useLoaded } from "./use-loaded.ts";
import { useTask } from "./use-task.ts";

function useRoleNames(): Readonly<Record<StaffRole, string>> {
  const { t } = useLingui();
  return { agent: t`Atende`, admin: t`Administra` };
}

/** Who may sign in, and what they may do. */
export function Team({ api }: { readonly api: AdminApi }) {
  const { t } = useLingui();
  const { value, error, again } = useLoaded(api.staff);
  const [adding, setAdding] = useState(false);
  const [link, setLink] = useState<{ readonly email: string; readonly url: string }>();
  const added = (email: string, url: string | undefined) => {
    setAdding(false);
    if (url === undefined) toast({ tone: "plain", text: t`${email} já tinha conta e agora tem este papel.` });
    else setLink({ email, url });
    void again();
  };
  const add = (
    <Button look="solid" onClick={() => setAdding(true)}>
      <UserPlus aria-hidden className="size-4" />
      <Trans>Adicionar pessoa</Trans>
    </Button>
  );
  return (
    <Section
      title={t`Equipe`}
      note={t`Quem atende vê e responde conversas. Quem administra também cuida destas páginas.`}
      action={add}
    >
      {link !== undefined && <PasswordLink {...link} onClose={() => setLink(undefined)} />}
      <Fetched value={value} error={error} onRetry={again}>
        {(members) => (
          <ul className={`${CARD} divide-y divide-line`}>
            {members.map((member) => (
              <Member key={member.uid} member={member} api={api} onChanged={again} />
            ))}
          </ul>
        )}
      </Fetched>
      {adding && <AddPerson api={api} onAdded={added} onClose={() => setAdding(false)} />}
    </Section>
  );
}

interface MemberProps {
  readonly member: StaffMember;
  readonly api: AdminApi;
  readonly onChanged: () => Promise<void>;
}

function Member({ member, api, onChanged }: MemberProps) {
  const { t } = useLingui();
  const { person } = useSignedIn();
  const roles = useRoleNames();
  const task = useTask();
  const [leaving, setLeaving] = useState(false);
  const { email, uid } = member;
  const name = member.name ?? email ?? uid;
  const me = uid === person.uid;
  const change = (role: StaffRole | "none") =>
    task.run(async () => {
      if (email === undefined) return;
      await api.setRole(email, role);
      setLeaving(false);
      await onChanged();
    });
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Avatar letters={colleagueInitials(name)} />
        <div className="min-w-40 flex-1">
          <p className="font-medium break-words text-ink">
            {name} {me && <span className="font-normal text-muted">{t`(você)`}</span>}
          </p>
          {member.name !== undefined && <p className="break-all text-muted">{email ?? uid}</p>}
        </div>
        {me || email === undefined ? (
          <span className="text-muted">{roles[member.role]}</span>
        ) : (
          <>
            <RoleSelect
              label={t`Papel de ${name}`}
              value={member.role}
              disabled={task.busy}
              onChange={(role) => void change(role)}
            />
            <Button look="bare" onClick={() => setLeaving(true)} disabled={task.busy}>
              <Trans>Retirar</Trans>
            </Button>
          </>
        )}
      </div>
      {leaving && (
        <div role="alert" className="mt-2 flex flex-wrap items-center gap-2 rounded-base bg-wait-ground px-3 py-2">
          <p className="min-w-60 flex-1 text-wait">
            <Trans>{name} deixa de entrar aqui, e as sessões abertas terminam. A conta e o que escreveu ficam.</Trans>
          </p>
          <Button onClick={() => setLeaving(false)}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button onClick={() => void change("none")} disabled={task.busy}>
            <Trans>Retirar o acesso</Trans>
          </Button>
        </div>
      )}
      <TaskProblem>{task.problem}</TaskProblem>
    </li>
  );
}

interface RoleSelectProps {
  readonly label: string;
  readonly value: StaffRole;
  readonly disabled?: boolean;
  readonly onChange: (role: StaffRole) => void;
}

function RoleSelect({ label, value, disabled = false, onChange }: RoleSelectProps) {
  const roles = useRoleNames();
  return (
    <select
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const role = STAFF_ROLES.find((known) => known === event.target.value);
        if (role !== undefined) onChange(role);
      }}
      className={`${INPUT} h-8 w-auto! px-2 text-list max-pane:h-10`}
    >
      {STAFF_ROLES.map((role) => (
        <option key={role} value={role}>
          {roles[role]}
        </option>
      ))}
    </select>
  );
}

interface AddPersonProps {
  readonly api: AdminApi;
  readonly onAdded: (email: string, link: string | undefined) => void;
  readonly onClose: () => void;
}

function AddPerson({ api, onAdded, onClose }: AddPersonProps) {
  const { t } = useLingui();
  const task = useTask();
  const [email, setEmail] = useState("");
  const [name, setName] = useState("");
  const [role, setRole] = useState<StaffRole>("agent");
  const roleId = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void task.run(async () => onAdded(email.trim(), await api.setRole(email.trim(), role, name.trim())));
  };
  return (
    <Dialog open onClose={onClose} title={t`Adicionar pessoa`} className="max-w-105">
      <form onSubmit={submit} className="grid gap-4 p-5">
        <Field
          label={t`E-mail`}
          type="email"
          required
          autoFocus
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Field
          label={t`Nome (opcional)`}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="grid justify-items-start gap-1">
          <span id={roleId} className="font-medium">
            <Trans>Papel</Trans>
          </span>
          <RoleSelect label={t`Papel`} value={role} onChange={setRole} />
        </div>
        <TaskProblem>{task.problem}</TaskProblem>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>
            <Trans>Cancelar</Trans>
          </Button>
          <Button look="solid" type="submit" disabled={task.busy}>
            <Trans>Adicionar</Trans>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
