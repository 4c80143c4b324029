/** What the page remembers on this machine; where storage is refused it simply forgets. */

export function load(name: string): string | undefined {
  try {
    return localStorage.getItem(`phones.${name}`) ?? undefined;
  } catch {
    return undefined; // storage is refused: every visit is the first
  }
}

export function save(name: string, value: string): void {
  try {
    localStorage.setItem(`phones.${name}`, value);
  } catch {
    return; // storage is refused: the choice holds until the page is left
  }
}
