import type { FailureKind } from "./outbox.ts";

const REASONS: Readonly<Record<FailureKind, string>> = {
  retry: "O canal não está aceitando mensagens agora. Tentaremos de novo.",
  exhausted: "O canal não aceitou a mensagem depois de várias tentativas. Envie de novo mais tarde.",
  unknown: "Não foi possível confirmar se a mensagem chegou. Confira com o cliente antes de reenviar.",
  window: "A janela de 24 h fechou. Envie um modelo aprovado ou deixe uma nota.",
  unreachable: "Este cliente não pode receber mensagens neste canal. Procure outro contato dele.",
  cooldown: "A Meta pediu uma pausa antes de escrever de novo a este cliente. Tente amanhã.",
  optout: "O cliente pediu para não receber mensagens. Espere que ele escreva.",
  message: "A Meta recusou esta mensagem. Mude o texto e envie de novo.",
  channel: "O canal está desconectado. Um administrador precisa verificar o token e as permissões em Status.",
  superseded: "Não enviada: uma pessoa assumiu a conversa antes.",
  taken_back: "Não enviada: o cliente apagou antes o que tinha escrito.",
};

/** Why a message did not leave and what can be done, in one sentence for the person in the inbox. */
export function plainReason(failure: FailureKind): string {
  return REASONS[failure];
}
