/** The time that alerts live in: the system's, or one that passes faster, so that half an hour need not be waited for. */
export interface MonitoringClock {
  /** How many of its seconds pass in one. */
  readonly speed: number;
  /** Milliseconds. */
  now(): number;
  /** The same moment as a moment of the system's clock. */
  at(systemTime: number): number;
  /** From now on it passes so fast. */
  setSpeed(speed: number): void;
}

/** @param speed 1: the system's own time */
export function createClock(speed: number, system: () => number = Date.now): MonitoringClock {
  const began = system();
  let anchor = { system: began, clock: began, speed };
  const at = (systemTime: number): number => anchor.clock + (systemTime - anchor.system) * anchor.speed;
  return {
    get speed() {
      return anchor.speed;
    },
    at,
    now: () => at(system()),
    setSpeed(next) {
      const moment = system();
      anchor = { system: moment, clock: at(moment), speed: next };
    },
  };
}
