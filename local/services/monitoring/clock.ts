/** The time that alerts live in: the system's, or one that passes faster, so that half an hour need not be waited for. */
export interface MonitoringClock {
  /** How many of its seconds pass in one. */
  readonly speed: number;
  /** Milliseconds. */
  now(): number;
  /** The same moment as a moment of the system's clock. */
  at(systemTime: number): number;
}

/** @param speed 1: the system's own time */
export function createClock(speed: number, system: () => number = Date.now): MonitoringClock {
  const begin = system();
  const at = (systemTime: number): number => begin + (systemTime - begin) * speed;
  return { speed, at, now: () => at(system()) };
}
