import * as grpc from "@grpc/grpc-js";
import gcp from "@pulumi/gcp/package.json" with { type: "json" };
import rpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { HOST } from "../../ports.ts";
import { PROJECT, PROJECT_NUMBER, REGION } from "../../project.ts";
import { createPlanner } from "../../provider.ts";
import { connectCloud } from "../daemon/client.ts";
import { CLOUD_FILE_VARIABLE } from "../daemon/cloud-file.ts";
import { resourceProvider } from "./service.ts";

/**
 * `pulumi-resource-gcp` of the local stack: plans by itself, and has what is to be made made by the local cloud that
 * the engine's run names. The engine reads the port from the first line of the output, so nothing else is printed.
 */

const cloudFile = process.env[CLOUD_FILE_VARIABLE];
if (cloudFile === undefined) {
  console.error(
    `${CLOUD_FILE_VARIABLE} is not set: this provider belongs to npm run up, preview, refresh and destroy.`,
  );
  process.exit(1);
}

const planner = createPlanner({ project: PROJECT, projectNumber: PROJECT_NUMBER, region: REGION });
/** A ruleset or a page of settings is far from it; the default would be 4 MB. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
const server = new grpc.Server({ "grpc.max_receive_message_length": MAX_MESSAGE_BYTES });
server.addService(
  rpc.ResourceProviderService,
  resourceProvider({ planner, cloud: await connectCloud(cloudFile), version: gcp.version }),
);
server.bindAsync(`${HOST}:0`, grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
