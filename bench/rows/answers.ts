import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LocalCloudHandle } from "../../local/cloud.ts";
import { median, percentile } from "../support/open-model.ts";
import { type Effort, milliseconds, type Row } from "../support/row.ts";
import { runningProcess } from "../support/running.ts";
import type { Answered } from "../targets/answer-worker.ts";

const WORKER = join(import.meta.dirname, "../targets/answer-worker.ts");

/**
 * What an answer costs beside the model: the worker as the service puts it together, from the job to the message at
 * Meta, on both emulators and with the simulators of Gemini and Graph. Only the model's own time is taken out. In a
 * process of its own: in this one the simulators would be measured too.
 */
export async function answerRows(handle: LocalCloudHandle, effort: Effort): Promise<Row[]> {
  const answers = effort.quick ? 40 : 300;
  const { environment } = runningProcess(handle, "servio-api");
  const args = [String(answers), String(Math.ceil(answers / 4))];
  const worker = fork(WORKER, args, { env: environment, execArgv: [] });
  const [answered] = (await Promise.race([
    once(worker, "message"),
    once(worker, "exit").then(() => Promise.reject(new Error("The worker ended before it had answered."))),
  ])) as [Answered[]];
  const whole = answered.map((one) => one.whole).sort((a, b) => a - b);
  const processor = median(answered.map((one) => one.processor));
  const p50 = median(whole);
  return [
    {
      what: `an answer, the model's time taken out, both emulators, ${answers} answers`,
      bar: "p50 ≤ 60 ms",
      measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(percentile(whole, 99))}, ${milliseconds(processor)} of processor`,
      holds: p50 <= 60,
    },
  ];
}
