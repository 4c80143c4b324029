/**
 * Stands for `re2js` in the built inbox. Firestore's SDK brings that library (40 kB gzip, a third of the SDK) to match
 * patterns of pipeline queries in the browser; the inbox asks ordinary queries, which know no patterns.
 */
export const RE2JS = {
  /** @throws always: whoever needs pipelines with patterns takes the alias out of `vite.config.ts` */
  compile(pattern: string): never {
    throw new Error(`The inbox is built without patterns in Firestore pipelines, and was asked for ${pattern}.`);
  },
};
