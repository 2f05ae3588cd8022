import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { appendTo, ChartStore } from "../../../src/client/chart-store.ts";
import { formatEvents } from "../../../src/run/events-file.ts";
import { formatSeries } from "../../../src/run/series-file.ts";
import { run, series } from "../charts/gallery/_make.ts";

const test = suite("chart store");

/** Serves one run's files; `hold` lets a test decide when they are sent. */
async function site(files: Record<string, string>, hold: Promise<void> = Promise.resolve()) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url ?? "");
    await hold;
    const body = files[(request.url ?? "").replace("/base/runs/a/", "")];
    response.statusCode = body === undefined ? 404 : 200;
    response.end(body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { base: `http://127.0.0.1:${port}/base/`, asked, close: () => server.close().closeAllConnections() };
}

const loss = series("loss", [
  [0, 0.5, 3],
  [1, 1.5, Number.NaN],
]);
const files = {
  "series.json": formatSeries([loss], 10_000),
  "system.json": formatSeries([], 10_000),
  "events.json": formatEvents([{ step: 1, t: 1.5, kind: "checkpoint", detail: "m" }]),
};

test("fetches a run once for all charts that show it", async () => {
  const { base, asked, close } = await site(files);
  const store = new ChartStore();
  const [first, second] = await Promise.all([store.load(base, "a"), store.load(base, "a")]);
  assert.is(first, second);
  assert.equal(asked.sort(), ["/base/runs/a/events.json", "/base/runs/a/series.json", "/base/runs/a/system.json"]);
  assert.equal(first.series, [loss]);
  assert.equal(store.loaded().get("a")!.events.length, 1);
  close();
});

test("says which file could not be read, and tries again when asked again", async () => {
  const { base, asked, close } = await site({ "series.json": files["series.json"] });
  const store = new ChartStore();
  for (let round = 1; round <= 2; round += 1) {
    const before = asked.length;
    try {
      await store.load(base, "a");
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), /(system|events)\.json of a: 404/);
    }
    assert.ok(asked.length > before);
  }
  assert.is(store.loaded().size, 0);
  close();
});

test("points that come while the files are on their way are added after them, and not twice", async () => {
  let release = () => {};
  const { base, close } = await site(
    files,
    new Promise((resolve) => {
      release = resolve;
    }),
  );
  const store = new ChartStore();
  const loading = store.load(base, "a");
  const point = (step: number, t: number, value: number) => ({ tag: "loss", step, t, value });
  // The second point is in the file too, with its time cut to milliseconds.
  assert.is(store.append("a", { series: [point(1, 1.5004, Number.NaN), point(2, 2.5, 2)] }), false);
  release();
  const data = await loading;
  assert.equal(data.series[0]!.steps, [0, 1, 2]);
  assert.is(data.series[0]!.count, 3);
  close();
});

test("points of runs that are not here are ignored", () => {
  assert.is(new ChartStore().append("b", { series: [] }), false);
});

test("a new tag begins a series, machine samples go with the machine", () => {
  const data = run("a", {});
  appendTo(data, {
    series: [{ tag: "acc", step: 1, t: 1, value: 0.5 }],
    system: [{ tag: "op/mem/rss", step: 0, t: 1, value: 9 }],
  });
  assert.equal(
    data.series.map(({ tag, last }) => [tag, last]),
    [["acc", [0.5]]],
  );
  assert.equal(
    data.system.map(({ tag, unit, last }) => [tag, unit, last]),
    [["op/mem/rss", "B", [9]]],
  );
});

test("several points of one moment are all kept, in order", () => {
  const data = run("a", {});
  appendTo(data, { series: [1, 2, 3].map((step) => ({ tag: "loss", step, t: 1, value: step })) });
  assert.equal(data.series[0]!.last, [1, 2, 3]);
});

test("a restart goes on below the last step", () => {
  const data = run("a", { series: [series("loss", [[100, 10, 1]])] });
  appendTo(data, { series: [{ tag: "loss", step: 50, t: 20, value: 2 }] });
  assert.equal(data.series[0]!.steps, [100, 50]);
});

test("events that are known already are not added again", () => {
  const data = run("a", { events: [{ step: 1, t: 1.5, kind: "checkpoint", detail: "m" }] });
  appendTo(data, {
    events: [
      { step: 1, t: 1.5003, kind: "checkpoint", detail: "m" },
      { step: 2, t: 2.5, kind: "checkpoint", detail: "n" },
    ],
  });
  assert.equal(
    data.events.map((event) => event.detail),
    ["m", "n"],
  );
});

test("a rewritten past takes the old one's place, and what came meanwhile is kept", async () => {
  const served = { ...files };
  const { base, close } = await site(served);
  const store = new ChartStore();
  const data = await store.load(base, "a");
  served["series.json"] = formatSeries([series("loss", [[0, 0.5, 3]])], 10_000);
  const reloading = store.reload("a");
  await Promise.resolve();
  store.append("a", { series: [{ tag: "loss", step: 1, t: 9, value: 7 }] });
  assert.is(await reloading, true);
  assert.is(store.loaded().get("a"), data, "figures keep hold of the same object");
  assert.equal(data.series[0]!.last, [3, 7]);
  store.append("a", { series: [{ tag: "loss", step: 2, t: 10, value: 8 }] });
  assert.equal(data.series[0]!.last, [3, 7, 8]);
  assert.is(await store.reload("b"), false);
  close();
});

test.run();
