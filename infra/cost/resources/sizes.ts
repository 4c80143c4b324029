/** Sizes of instances, as Google writes them, in whole millionths: what is multiplied by seconds must not be a float. */

const MEBI = 2n ** 20n;

const BYTES: Readonly<Record<string, bigint>> = {
  "": 1n,
  k: 1000n,
  Ki: 2n ** 10n,
  M: 1_000_000n,
  Mi: MEBI,
  G: 1_000_000_000n,
  Gi: 2n ** 30n,
};

/** MiB of a memory size such as `512Mi`, `1G` or `256M`; `undefined` for anything else. */
export function mebibytes(size: string | undefined): number | undefined {
  const [, digits, unit = ""] = /^(\d+)([kKMG]i?)?$/.exec(size ?? "") ?? [];
  const factor = BYTES[unit];
  return digits === undefined || factor === undefined ? undefined : Number((BigInt(digits) * factor) / MEBI);
}

/** Thousandths of a vCPU: `1` and `1000m` are both 1000; `undefined` for anything else. */
export function milliCpus(cpu: string | undefined): number | undefined {
  const [, milli] = /^(\d+)m$/.exec(cpu ?? "") ?? [];
  if (milli !== undefined) return Number(milli);
  return /^\d+(\.\d{1,3})?$/.test(cpu ?? "") ? Math.round(Number(cpu) * 1000) : undefined;
}

/** vCPUs of a function that names none, by its memory (thousandths; docs.cloud.google.com, functions, configuring memory). */
const FUNCTION_CPUS: readonly (readonly [mebibytes: number, milliCpus: number])[] = [
  [128, 83],
  [256, 167],
  [512, 333],
  [1024, 583],
  [2048, 1000],
  [8192, 2000],
  [16_384, 4000],
];

export function functionMilliCpus(memoryMebibytes: number): number {
  return FUNCTION_CPUS.find(([memory]) => memoryMebibytes <= memory)?.[1] ?? 8000;
}
