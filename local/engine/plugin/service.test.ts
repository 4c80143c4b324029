import * as grpc from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createProvider } from "../../provider.ts";
import { type FakeCloud, fakeCloud } from "../../testing.ts";
import { resourceProvider } from "./service.ts";

/** Over the wire that the engine speaks, to a cloud that records. */

let cloud: FakeCloud;
let server: grpc.Server;
let client: InstanceType<typeof rpc.ResourceProviderClient>;

beforeAll(async () => {
  cloud = await fakeCloud();
  const provider = createProvider(cloud);
  server = new grpc.Server();
  server.addService(
    rpc.ResourceProviderService,
    resourceProvider({ planner: provider, cloud: provider, version: "9.0.0" }),
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  client = new rpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
});
afterAll(() => {
  client.close();
  server.forceShutdown();
});

const TOPIC = "urn:pulumi:local::p::servio:queue:Queues$gcp:pubsub/topic:Topic::replies";
const structOf = (values: object) => struct.Struct.fromJavaScript(values as Record<string, string>);

type Answered<Response> = (error: grpc.ServiceError | null, response: Response) => void;
function ask<Response>(call: (answered: Answered<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => call((error, response) => (error ? reject(error) : resolve(response))));
}

function diff(olds: object, news: object): Promise<proto.DiffResponse> {
  const request = new proto.DiffRequest().setUrn(TOPIC).setOldInputs(structOf(olds)).setNews(structOf(news));
  return ask((answered) => client.diff(request, answered));
}

test("check fills in what the real provider would, and refuses what it would", async () => {
  const check = (news: object) =>
    ask<proto.CheckResponse>((answered) =>
      client.check(new proto.CheckRequest().setUrn(TOPIC).setNews(structOf(news)), answered),
    );
  const good = await check({});
  expect(good.getInputs()?.toJavaScript()).toMatchObject({
    deletionPolicy: "DELETE",
    name: expect.stringMatching(/^replies-/),
  });
  const bad = await check({ name: "1" });
  expect(bad.getFailuresList().map((failure) => failure.getProperty())).toEqual(["name"]);
});

describe("diff", () => {
  test("nothing differs", async () => {
    const answer = await diff({ name: "t" }, { name: "t" });
    expect(answer.getChanges()).toBe(proto.DiffResponse.DiffChanges.DIFF_NONE);
  });
  test("labels change in place", async () => {
    const answer = await diff({ name: "t", labels: { a: "1" } }, { name: "t", labels: { a: "2" } });
    expect([answer.getDiffsList(), answer.getReplacesList()]).toEqual([["labels"], []]);
    expect(answer.getDetaileddiffMap().get("labels.a")?.getKind()).toBe(proto.PropertyDiff.Kind.UPDATE);
  });
  test("a name makes a new one, while the old one stands", async () => {
    const answer = await diff({ name: "t" }, { name: "u" });
    expect([answer.getReplacesList(), answer.getDeletebeforereplace()]).toEqual([["name"], false]);
  });
  test("a region makes a new one of the same name: the old one goes first", async () => {
    const answer = await diff({ name: "t", project: "a" }, { name: "t", project: "b" });
    expect([answer.getReplacesList(), answer.getDeletebeforereplace()]).toEqual([["project"], true]);
  });
});

test("a preview makes nothing; what it would change keeps what was computed", async () => {
  const create = new proto.CreateRequest()
    .setUrn(TOPIC)
    .setProperties(structOf({ name: "t" }))
    .setPreview(true);
  expect((await ask<proto.CreateResponse>((answered) => client.create(create, answered))).getId()).toBe("");
  const update = new proto.UpdateRequest().setUrn(TOPIC).setId("i").setPreview(true);
  update.setOlds(structOf({ name: "t", uid: "u" })).setNews(structOf({ name: "t", labels: { a: "1" } }));
  const planned = await ask<proto.UpdateResponse>((answered) => client.update(update, answered));
  expect(planned.getProperties()?.toJavaScript()).toEqual({ name: "t", uid: "u", labels: { a: "1" } });
  expect(cloud.pubsubCalls).toEqual([]);
});

test("what was made is found, and what was deleted is gone", async () => {
  const urn = "urn:pulumi:local::p::gcp:projects/service:Service::run";
  const inputs = { service: "run.googleapis.com" };
  const create = new proto.CreateRequest().setUrn(urn).setProperties(structOf(inputs));
  const made = await ask<proto.CreateResponse>((answered) => client.create(create, answered));
  const read = () => {
    const request = new proto.ReadRequest().setUrn(urn).setId(made.getId()).setInputs(structOf(inputs));
    return ask<proto.ReadResponse>((answered) => client.read(request.setProperties(made.getProperties()), answered));
  };
  expect((await read()).getId()).toBe(made.getId());
  const remove = new proto.DeleteRequest().setUrn(urn).setId(made.getId()).setProperties(made.getProperties());
  await ask((answered) => client.delete(remove, answered));
  expect((await read()).getId()).toBe("");
});

test("what goes wrong comes in words, without a stack", async () => {
  const create = new proto.CreateRequest().setUrn("urn:pulumi:local::p::gcp:redis/instance:Instance::cache");
  const failure = ask((answered) => client.create(create.setProperties(structOf({})), answered));
  await expect(failure).rejects.toMatchObject({ details: expect.stringContaining("the local cloud does not know") });
});
