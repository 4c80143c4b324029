import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/**
 * What to tell a person whose sign-in failed, by Firebase's code. Which of e-mail and password is wrong is never said:
 * it would tell a stranger who works here.
 */
export function signInError(reason: unknown): MessageDescriptor {
  const code = typeof reason === "object" && reason !== null && "code" in reason ? String(reason.code) : "";
  switch (code) {
    case "auth/invalid-credential":
    case "auth/wrong-password":
    case "auth/user-not-found":
    case "auth/invalid-login-credentials":
      return msg`E-mail ou senha não conferem. Confira os dois e tente de novo.`;
    case "auth/invalid-email":
      return msg`Este e-mail não está completo. Exemplo: voce@empresa.com`;
    case "auth/user-disabled":
      return msg`Esta conta está desativada. Fale com quem administra a equipe.`;
    case "auth/too-many-requests":
      return msg`Muitas tentativas seguidas. Espere alguns minutos e tente de novo.`;
    case "auth/network-request-failed":
      return msg`Não foi possível falar com o servidor. Confira a conexão e tente de novo.`;
    default: {
      const shown = code === "" ? "unknown" : code;
      return msg`Não foi possível entrar (${shown}). Tente de novo; se continuar, avise quem administra a equipe.`;
    }
  }
}
