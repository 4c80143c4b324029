import { type ServerUnaryCall, type sendUnaryData, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Change } from "../../diff.ts";
import { asError } from "../../errors.ts";
import type { Planner } from "../../provider.ts";
import type { Values } from "../../wire.ts";
import type { CloudClient } from "../daemon/client.ts";

export interface ServiceOptions {
  readonly planner: Planner;
  readonly cloud: CloudClient;
  /** That of the real provider whose place this one takes. */
  readonly version: string;
}

/**
 * The provider as the engine calls it (pulumi/proto/provider.proto). Written on the protocol itself: the SDK's own
 * server (`pulumi.provider.main`) takes no part in previews and tells no detailed differences.
 */
export function resourceProvider({ planner, cloud, version }: ServiceOptions): UntypedServiceImplementation {
  return {
    handshake: unary(() => {
      const answer = new proto.ProviderHandshakeResponse();
      answer.setAcceptSecrets(true).setAcceptResources(true).setAcceptOutputs(true);
      return answer;
    }),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema("{}")),
    checkConfig: unary((request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary(() => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(() => {
      const answer = new proto.ConfigureResponse();
      answer.setAcceptsecrets(true).setAcceptresources(true).setAcceptoutputs(true).setSupportspreview(true);
      return answer;
    }),
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),
    invoke: unary(async (request: proto.InvokeRequest) => {
      const returned = await planner.invoke(request.getTok(), valuesOf(request.getArgs()));
      return new proto.InvokeResponse().setReturn(structOf(returned));
    }),
    check: unary(async (request: proto.CheckRequest) => {
      const resource = { ...resourceOf(request), inputs: valuesOf(request.getNews()) };
      const { inputs, failures } = await planner.check(resource, valuesOf(request.getOlds()));
      const answer = new proto.CheckResponse().setInputs(structOf(inputs));
      for (const { property, reason } of failures)
        answer.addFailures(new proto.CheckFailure().setProperty(property).setReason(reason));
      return answer;
    }),
    diff: unary(async (request: proto.DiffRequest) => {
      const olds = valuesOf(request.getOldInputs());
      const found = await planner.diff({ type: typeOf(request), olds, news: valuesOf(request.getNews()) });
      const answer = new proto.DiffResponse().setHasdetaileddiff(true);
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      answer.setChanges(found.changes.size === 0 ? DIFF_NONE : DIFF_SOME);
      answer.setReplacesList([...found.replaces]).setDeletebeforereplace(found.deleteBeforeReplace);
      answer.setDiffsList([...new Set([...found.changes.keys()].map(topLevel))]);
      for (const [path, { kind }] of found.changes) {
        const replaces = found.replaces.includes(topLevel(path));
        const detail = new proto.PropertyDiff().setKind(kindOf(kind, replaces)).setInputdiff(true);
        answer.getDetaileddiffMap().set(path, detail);
      }
      return answer;
    }),
    create: unary(async (request: proto.CreateRequest) => {
      const inputs = valuesOf(request.getProperties());
      if (request.getPreview()) return new proto.CreateResponse().setProperties(structOf(inputs));
      const { id, outputs } = await cloud.create({ ...resourceOf(request), inputs });
      return new proto.CreateResponse().setId(id).setProperties(structOf(outputs));
    }),
    update: unary(async (request: proto.UpdateRequest) => {
      const inputs = valuesOf(request.getNews());
      // What the real provider plans too: what it computed stays as it is.
      const planned = { ...valuesOf(request.getOlds()), ...inputs };
      if (request.getPreview()) return new proto.UpdateResponse().setProperties(structOf(planned));
      const { outputs } = await cloud.create({ ...resourceOf(request), inputs });
      return new proto.UpdateResponse().setProperties(structOf(outputs));
    }),
    read: unary(async (request: proto.ReadRequest) => {
      const [inputs, outputs] = [valuesOf(request.getInputs()), valuesOf(request.getProperties())];
      const found = await cloud.read({ type: typeOf(request), id: request.getId(), inputs, outputs });
      // No id: it is gone.
      if (!found) return new proto.ReadResponse();
      const answer = new proto.ReadResponse().setId(found.id);
      return answer.setInputs(structOf(found.inputs)).setProperties(structOf(found.outputs));
    }),
    delete: unary(async (request: proto.DeleteRequest) => {
      await cloud.delete({ type: typeOf(request), id: request.getId(), outputs: valuesOf(request.getProperties()) });
      return new empty.Empty();
    }),
  };
}

interface Named {
  getUrn(): string;
}

/** `urn:pulumi:stack::project::parentType$type::name` */
function resourceOf(request: Named): { type: string; name: string } {
  const [, , types = "", ...name] = request.getUrn().split("::");
  return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

function typeOf(request: Named): string {
  return resourceOf(request).type;
}

function topLevel(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}

function kindOf(kind: Change["kind"], replaces: boolean): proto.PropertyDiff.Kind {
  const { Kind } = proto.PropertyDiff;
  if (kind === "add") return replaces ? Kind.ADD_REPLACE : Kind.ADD;
  if (kind === "delete") return replaces ? Kind.DELETE_REPLACE : Kind.DELETE;
  return replaces ? Kind.UPDATE_REPLACE : Kind.UPDATE;
}

function valuesOf(message: struct.Struct | undefined): Values {
  return message?.toJavaScript() ?? {};
}

function structOf(values: Values): struct.Struct {
  return struct.Struct.fromJavaScript(values as Parameters<typeof struct.Struct.fromJavaScript>[0]);
}

/** What goes wrong is told in words: an engine's user mends a program, not this provider. */
function unary<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback({ code: status.UNKNOWN, details: asError(error).message }),
      );
  };
}
