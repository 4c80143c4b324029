export type { Bucket } from "./bucket.ts";
export { createCloudBucket } from "./cloud-bucket.ts";
export { createDownloader, type Downloader } from "./download.ts";
export { type FetchDeps, fetchAttachments } from "./fetch.ts";
export * from "./model.ts";
export { createOpenFile, type OpenFile, storeUpload, type UploadResult, uploadedAttachment } from "./outgoing.ts";
export { LINK_LIFE_MS, readSignedFile, signedPath } from "./signed-link.ts";
