import { useLingui } from "@lingui/react/macro";
import { Dialog } from "../../design/dialog.tsx";
import { singleKeys, useChoice } from "../preferences/preferences.ts";

/** Every key there is, and the switch for the single ones. */
export default function KeySheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useLingui();
  const [keys, setKeys] = useChoice(singleKeys);
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      t`Lista`,
      [
        ["j / k", t`Próxima, anterior`],
        ["Enter", t`Abrir`],
        ["/", t`Buscar`],
      ],
    ],
    [
      t`Em todo lugar`,
      [
        ["Ctrl K · ⌘ K", t`Comandos`],
        ["g i", t`Ir às conversas`],
        ["g t", t`Ir às tarefas`],
        ["g s", t`Ir ao status dos canais`],
        ["g m", t`Ir às métricas`],
        ["g c", t`Ir às configurações (administradores)`],
        ["?", t`Esta folha`],
      ],
    ],
    [
      t`Conversa`,
      [
        ["r", t`Responder`],
        ["n", t`Nota privada`],
        ["m", t`Assumir ou devolver ao assistente`],
        ["a", t`Atribuir a mim, ou soltar`],
        ["e", t`Fechar e ir à próxima`],
        ["Esc", t`Sair da caixa; voltar à lista`],
      ],
    ],
  ];
  return (
    <Dialog open onClose={onClose} title={t`Atalhos de teclado`} className="max-w-140">
      <div className="gap-x-8 px-5 pt-4 pane:columns-2">
        {groups.map(([title, rows]) => (
          <section key={title} className="mb-4 break-inside-avoid">
            <h3 className="pb-1 text-small font-medium text-muted">{title}</h3>
            <dl>
              {rows.map(([key, what]) => (
                <div key={key} className="flex items-center justify-between gap-4 py-1">
                  <dt className="text-ink">{what}</dt>
                  <dd className="shrink-0">
                    <kbd className="whitespace-nowrap rounded-base border border-line bg-surface px-1.5 py-0.5 font-sans text-small text-muted">
                      {key}
                    </kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="flex items-center gap-2 border-t border-line px-5 py-3">
        <input
          type="checkbox"
          checked={keys === "on"}
          onChange={(event) => setKeys(event.target.checked ? "on" : "off")}
          className="size-4 accent-accent-ground"
        />
        {t`Usar atalhos de uma tecla`}
      </label>
    </Dialog>
  );
}
