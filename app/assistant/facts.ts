import * as z from "zod";

/**
 * What the platform knows about a customer, as short lines. The documents belong to another part of Servio, so every field
 * is optional, dates may be of any kind, and a document that cannot be read is left out, never the rest with it.
 * Fields: specification, section 6. Names, e-mails and telephones of others are never taken over.
 */

/** Unix milliseconds from a Firestore timestamp, a date, ISO text or a number. */
const moment = z
  .union([
    z
      .custom<{ toMillis(): number }>((value) => typeof Object(value).toMillis === "function")
      .transform((t) => t.toMillis()),
    z.date().transform((date) => date.getTime()),
    z.number().positive(),
    z.iso.datetime({ offset: true, local: true }).transform((text) => Date.parse(text)),
  ])
  .optional()
  .catch(undefined);
const label = z
  .string()
  .trim()
  .min(1)
  .transform((text) => text.slice(0, 80))
  .optional()
  .catch(undefined);
const money = z.coerce.number().positive().max(10_000_000).optional().catch(undefined);

export const jobDocument = z.object({
  title: label,
  category: label,
  status: label,
  scheduledDate: moment,
  createdAt: moment,
});
export const proposalDocument = z.object({ jobId: label, status: label, price: money, createdAt: moment });
export const escrowDocument = z.object({ jobId: label, status: label, amount: money, createdAt: moment });
export const userDocument = z.object({
  onboardingCompleted: z.boolean().optional().catch(undefined),
  createdAt: moment,
});
export const prospectDocument = z.object({ status: label, lastContactAt: moment });

export type Job = z.output<typeof jobDocument>;
export type Proposal = z.output<typeof proposalDocument>;
export type Escrow = z.output<typeof escrowDocument>;
export type User = z.output<typeof userDocument>;
export type Prospect = z.output<typeof prospectDocument>;

/** Statuses of a job that is over; any other is open. */
const OVER = new Set(["concluido", "cancelado", "completed", "cancelled"]);
/** Specification, trigger 2. */
const SENT = "enviada";
/** Specification, trigger 3. */
export const PENDING = "pending";
/** Specification, trigger 5. */
export const CONTACTED = "contatado";
/** Specification, trigger 5: without progress for so long, a prospect is worth another contact. */
const STALE_MS = 72 * 3_600_000;

export function isOpenJob(job: Job): boolean {
  return !OVER.has(job.status ?? "");
}

/** `Pedido "Pintura da sala": em progresso, agendado para 12/03/2026.` */
export function jobFact(job: Job): string {
  const status = job.status === undefined ? "" : `: ${words(job.status)}`;
  const date = job.scheduledDate === undefined ? "" : `, agendado para ${day(job.scheduledDate)}`;
  const title = titled(job);
  return `Pedido ${title ?? "sem título"}${status}${date}.`;
}

/** Only what still waits for an answer is worth a line. */
export function proposalFact(proposal: Proposal, job: Job | undefined, side: "received" | "sent", now: number) {
  if (proposal.status !== SENT) return undefined;
  const price = proposal.price === undefined ? "" : ` de ${reais(proposal.price)}`;
  const verb = side === "received" ? "recebida" : "enviada";
  return `Proposta${price} ${verb} para ${quoted(job ?? {})}${since(proposal.createdAt, now)}, sem resposta.`;
}

export function escrowFact(escrow: Escrow, job: Job | undefined, side: "pays" | "earns", now: number) {
  if (escrow.status !== PENDING || escrow.amount === undefined) return undefined;
  const what = side === "pays" ? "Pagamento pendente" : "Recebimento pendente";
  return `${what} de ${reais(escrow.amount)} por ${quoted(job ?? {})}${since(escrow.createdAt, now)}.`;
}

export function onboardingFact(user: User): string | undefined {
  if (user.onboardingCompleted !== false) return undefined;
  const created = user.createdAt === undefined ? "" : ` em ${day(user.createdAt)}`;
  return `Cadastro criado${created} e ainda não concluído.`;
}

/** @param more whether there are more than these */
export function prospectsFact(prospects: readonly Prospect[], more: boolean, now: number): string | undefined {
  if (prospects.length === 0) return undefined;
  const stale = prospects.filter(({ lastContactAt }) => lastContactAt !== undefined && now - lastContactAt >= STALE_MS);
  const count = `${prospects.length}${more ? " ou mais" : ""}`;
  return `Prospects contatados sem conclusão: ${count}; ${stale.length} deles sem novo contato há 72 h ou mais.`;
}

export function countFact(what: string, count: number): string {
  return `${what}: ${count}.`;
}

/** The job as part of another sentence. */
function quoted(job: Partial<Job>): string {
  return titled(job) ?? "um pedido";
}

function titled(job: Partial<Job>): string | undefined {
  const title = job.title ?? job.category;
  return title === undefined ? undefined : `"${title.replaceAll('"', "'")}"`;
}

function words(status: string): string {
  return status.replaceAll("_", " ");
}

function since(at: number | undefined, now: number): string {
  if (at === undefined || at > now) return "";
  const hours = Math.floor((now - at) / 3_600_000);
  if (hours < 1) return " há menos de 1 h";
  return hours < 48 ? ` há ${hours} h` : ` há ${Math.floor(hours / 24)} dias`;
}

const REAIS = new Intl.NumberFormat("pt-BR", { style: "currency", currency: "BRL" });
const DAY = new Intl.DateTimeFormat("pt-BR", { timeZone: "America/Sao_Paulo", dateStyle: "short" });

/** `R$ 1.250,00`, with an ordinary space. */
function reais(amount: number): string {
  return REAIS.format(amount).replace(/\s/g, " ");
}

function day(at: number): string {
  return DAY.format(at);
}
