import { useCallback, useEffect, useState } from "react";
import type { FileLink } from "../data/api.ts";
import { useInbox } from "../data/inbox.ts";

/** Links live for 15 minutes; after this the next look asks for a new one. */
const FRESH_MS = 10 * 60_000;

const links = new Map<string, { readonly link: Promise<FileLink>; readonly at: number }>();

export interface File {
  readonly link: FileLink | undefined;
  readonly failed: boolean;
  /** Asks for a new link: the old one has run out, or the file did not come. */
  renew(): void;
}

/** Where a stored file can be read. @param wanted false asks for nothing */
export function useFile(messageId: string, index: number, wanted: boolean): File {
  const { api } = useInbox();
  const [link, setLink] = useState<FileLink>();
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const key = `${messageId}/${index}`;
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const known = links.get(key);
    const fresh = known !== undefined && Date.now() - known.at < FRESH_MS && tries === 0;
    const asked = fresh ? known.link : api.fileLink(messageId, index);
    if (!fresh) links.set(key, { link: asked, at: Date.now() });
    asked.then(
      (found) => current && setLink(found),
      (reason) => {
        links.delete(key);
        if (current) setFailed(true);
        console.info("A file could not be opened.", reason);
      },
    );
    return () => {
      current = false;
    };
  }, [api, messageId, index, key, wanted, tries]);
  const renew = useCallback(() => {
    setTries((before) => {
      // Once: a file that does not come with a new link will not come with the next one.
      if (before > 0) setFailed(true);
      return before + 1;
    });
  }, []);
  return { link, failed, renew };
}
