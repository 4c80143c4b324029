/** Google reserves `demo-` for projects that do not exist: nothing that runs here can reach a real one. */
export const PROJECT = "demo-servio";
export const PROJECT_NUMBER = "100000000000";
export const REGION = "us-west1";

/** Where everything local stands. */
export interface ProjectPlace {
  readonly project: string;
  readonly projectNumber: string;
  readonly region: string;
}
