import type { EvaluationCase } from "./case.ts";
import { ADMIN } from "./cases/admin.ts";
import { CLIENTE } from "./cases/cliente.ts";
import { PRESTADOR } from "./cases/prestador.ts";
import { PROSPECTOR } from "./cases/prospector.ts";

export const CASES: readonly EvaluationCase[] = [...CLIENTE, ...PRESTADOR, ...PROSPECTOR, ...ADMIN];
