import { LocalError } from "../errors.ts";

export interface StoredVersion {
  readonly version: string;
  readonly value: string;
}

/** The local Secret Manager: values live in this process and nowhere on disk. */
export interface SecretStore {
  put(secretId: string, value: string): StoredVersion;
  /** @param version a number, or `latest`. @throws {LocalError} `secret_missing` */
  read(secretId: string, version?: string): string;
  delete(secretId: string): void;
}

export function createSecretStore(): SecretStore {
  const versions = new Map<string, StoredVersion[]>();
  return {
    put(secretId, value) {
      const stored = versions.get(secretId) ?? [];
      const last = stored.at(-1);
      // The same value again is the same version: creating twice changes nothing.
      if (last?.value === value) return last;
      const added = { version: String(stored.length + 1), value };
      versions.set(secretId, [...stored, added]);
      return added;
    },
    read(secretId, version = "latest") {
      const stored = versions.get(secretId) ?? [];
      const found = version === "latest" ? stored.at(-1) : stored.find((one) => one.version === version);
      if (found) return found.value;
      throw new LocalError(
        "secret_missing",
        `Secret "${secretId}" has no version "${version}".`,
        "Let the program create a SecretVersion before what reads it (dependsOn), or mend the version number.",
      );
    },
    delete: (secretId) => void versions.delete(secretId),
  };
}

/** `projects/p/secrets/x/versions/1`, `projects/p/secrets/x` and `x` all name secret `x`. */
export function secretIdOf(reference: string): string {
  return reference.match(/(?:^|\/)secrets\/([^/]+)/)?.[1] ?? reference;
}
