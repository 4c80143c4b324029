import { type ApiPorts, callApi } from "../data/api.ts";

/** A follow-up that no automation could send: somebody of the team does. */
export interface Task {
  readonly id: string;
  readonly trigger: string;
  /** Why it is left to a person, as a stable code. */
  readonly reason: string;
  /** What it wanted to say. */
  readonly text: string;
  /** Absent: the customer has none yet. */
  readonly conversationId?: string;
  /** The user's e-mail address. */
  readonly userId?: string;
  /** ISO 8601 */
  readonly createdAt: string;
}

/** The open ones, the oldest first. @throws {ApiError} */
export async function loadTasks(ports: ApiPorts): Promise<readonly Task[]> {
  // Our own API's answer, of the same build.
  return ((await (await callApi(ports, "/api/omni/tasks")).json()) as { tasks: readonly Task[] }).tasks;
}

/** Takes one off the list, for everybody. @throws {ApiError} `unknown_task` */
export async function finishTask(ports: ApiPorts, id: string): Promise<void> {
  await callApi(ports, `/api/omni/tasks/${encodeURIComponent(id)}/done`, {});
}
