/** Whether two moments fall on one day, where the visitor is. Unix milliseconds. */
export function sameDay(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}

/** The heading above a day's messages. @param words what today and yesterday are called */
export function dayName(
  at: number,
  now: number,
  language: string,
  words: { today: string; yesterday: string },
): string {
  if (sameDay(at, now)) return words.today;
  // Noon, since a day may have 23 or 25 hours.
  const noon = new Date(now).setHours(12, 0, 0, 0);
  if (sameDay(at, noon - 24 * 3_600_000)) return words.yesterday;
  return new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" }).format(at);
}

export function clockTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(at);
}
