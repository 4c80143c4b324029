import { describe, expect, test } from "vitest";
import {
  escrowDocument,
  escrowFact,
  isOpenJob,
  jobDocument,
  jobFact,
  onboardingFact,
  proposalDocument,
  proposalFact,
  prospectDocument,
  prospectsFact,
  userDocument,
} from "./facts.ts";

const NOW = Date.parse("2026-03-12T12:00:00Z");
const HOUR = 3_600_000;
const job = jobDocument.parse({ title: 'Pintura "da" sala', status: "em_progresso" });

describe("lines", () => {
  test.each([
    [jobFact(job), `Pedido "Pintura 'da' sala": em progresso.`],
    [jobFact(jobDocument.parse({ category: "Elétrica" })), 'Pedido "Elétrica".'],
    [jobFact(jobDocument.parse({})), "Pedido sem título."],
    [
      jobFact(jobDocument.parse({ title: "Limpeza", status: "agendado", scheduledDate: "2026-03-15T13:00:00Z" })),
      'Pedido "Limpeza": agendado, agendado para 15/03/2026.',
    ],
    [
      proposalFact(
        proposalDocument.parse({ status: "enviada", price: 1250, createdAt: new Date(NOW - 26 * HOUR) }),
        job,
        "received",
        NOW,
      ),
      `Proposta de R$ 1.250,00 recebida para "Pintura 'da' sala" há 26 h, sem resposta.`,
    ],
    [
      proposalFact(proposalDocument.parse({ status: "enviada" }), undefined, "sent", NOW),
      "Proposta enviada para um pedido, sem resposta.",
    ],
    [proposalFact(proposalDocument.parse({ status: "aceita", price: 10 }), job, "sent", NOW), undefined],
    [
      escrowFact(
        escrowDocument.parse({ status: "pending", amount: "350.5", createdAt: NOW - 80 * HOUR }),
        job,
        "pays",
        NOW,
      ),
      `Pagamento pendente de R$ 350,50 por "Pintura 'da' sala" há 3 dias.`,
    ],
    [
      escrowFact(escrowDocument.parse({ status: "pending", amount: 90 }), undefined, "earns", NOW),
      "Recebimento pendente de R$ 90,00 por um pedido.",
    ],
    [escrowFact(escrowDocument.parse({ status: "liberado", amount: 90 }), job, "earns", NOW), undefined],
    [
      onboardingFact(
        userDocument.parse({ onboardingCompleted: false, createdAt: { toMillis: () => NOW - 24 * HOUR } }),
      ),
      "Cadastro criado em 11/03/2026 e ainda não concluído.",
    ],
    [onboardingFact(userDocument.parse({})), undefined],
    [onboardingFact(userDocument.parse({ onboardingCompleted: true })), undefined],
    [
      prospectsFact(
        [72, 71].map((h) => prospectDocument.parse({ lastContactAt: NOW - h * HOUR })),
        true,
        NOW,
      ),
      "Prospects contatados sem conclusão: 2 ou mais; 1 deles sem novo contato há 72 h ou mais.",
    ],
    [prospectsFact([], false, NOW), undefined],
  ])("%s", (line, expected) => {
    expect(line).toBe(expected);
  });

  test("jobs that are over are not open", () => {
    const open = (status?: string) => isOpenJob(jobDocument.parse({ status }));
    expect(["ativo", "em_disputa", undefined, "concluido", "cancelado"].map(open)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("fields of a wrong kind are as good as absent", () => {
    expect(proposalDocument.parse({ status: 7, price: "caro", createdAt: "ontem", jobId: {} })).toEqual({});
    expect(escrowDocument.parse({ amount: -5, createdAt: { toMillis: 1 } })).toEqual({});
  });
});
