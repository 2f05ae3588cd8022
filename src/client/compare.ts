/** `/compare/?runs=a,b`: reads the published files of the runs that were chosen, and shows what a saved comparison shows. */
import { figureHtml } from "../charts/figure.ts";
import { parseEnvironment } from "../run/environment-file.ts";
import { parseRun } from "../run/run-file.ts";
import { parseSeries } from "../run/series-file.ts";
import type { Environment, Project, Run } from "../run/types.ts";
import type { ChartData } from "../views/chart-spec.ts";
import { type Comparison, compareRuns } from "../views/compare.ts";
import { compareSections } from "../views/compare-html.ts";
import { compareLimit } from "../views/compare-limit.ts";
import { escapeHtml } from "../views/escape.ts";
import { lineChart } from "../views/line-chart.ts";
import { counted } from "../views/phrase.ts";
import { hydrateCharts } from "./charts.ts";

const place = document.querySelector<HTMLElement>("[data-compare-runs]");
const ids = chosenIds(new URLSearchParams(location.search));
if (place && ids.length > 0) void show(place, ids);

/** `runs=a,b`, or `runs=a&runs=b` as a form without scripts sends it; each once, in their order. */
function chosenIds(parameters: URLSearchParams): string[] {
  return [...new Set(parameters.getAll("runs").flatMap((value) => value.split(",")))].filter((id) => /^[\w-]+$/.test(id));
}

async function show(place: HTMLElement, ids: string[]): Promise<void> {
  const base = place.dataset.base ?? "/";
  const lede = document.querySelector<HTMLElement>("[data-compare-lede]");
  const read = await Promise.all(ids.slice(0, compareLimit).map((id) => readOrNull(`${base}runs/${id}/run.json`, parseRun)));
  const runs = read.filter((run): run is Run => run !== null);
  const problems = ids
    .slice(0, compareLimit)
    .filter((_, at) => read[at] === null)
    .map((id) => `Run ${id} is not here, or its record cannot be read.`);
  if (ids.length > compareLimit) problems.push(`${ids.length} runs were chosen; the first ${compareLimit} are shown.`);
  const environments = await readEnvironments(base);
  const comparison = compareRuns(runs, projectFacts(), environments);
  if (lede) lede.textContent = ledeText(comparison);
  place.innerHTML = notices([...problems.map((text) => `<p class="problem">${escapeHtml(text)}</p>`), ...cautions(comparison)]);
  if (runs.length === 0) return;
  const data = new Map(await Promise.all(runs.map(async (run) => [run.id, await readChart(base, run)] as const)));
  const figures = comparison.charts.map((spec) => figureHtml(spec, lineChart(spec, data), { base, height: 260, level: 3 }));
  const charts =
    figures.length === 0 ? "" : leaf("curves", "Curves", "", `${controls()}<div class="charts">${figures.join("")}</div>`, true);
  place.innerHTML +=
    charts +
    compareSections(comparison, base)
      .map(({ id, title, note, html }) => leaf(id, title, note, html))
      .join("") +
    saving(runs);
  hydrateCharts(place);
}

function ledeText({ heads }: Comparison): string {
  if (heads.length === 0) return "None of the chosen runs could be read.";
  if (heads.length === 1) return "One run alone: choose a second to see what differs.";
  return `${counted(heads.length, "run")}, each against the first: ${heads[0]!.label}.`;
}

function cautions(comparison: Comparison): string[] {
  return comparison.cautions.length === 0
    ? []
    : [`<ul class="cautions">${comparison.cautions.map((text) => `<li>${escapeHtml(text)}</li>`).join("")}</ul>`];
}

function notices(parts: string[]): string {
  return parts.length === 0
    ? ""
    : `<section class="leaf notices"><div class="leaf-name"></div><div class="leaf-body">${parts.join("")}</div></section>`;
}

/** The same markup as Leaf.astro. */
function leaf(id: string, title: string, note: string, html: string, wide = false): string {
  return (
    `<section class="leaf${wide ? " wide" : ""}" aria-labelledby="${id}"><header class="leaf-name"><h2 id="${id}">${title}</h2>${note === "" ? "" : `<p>${note}</p>`}</header>` +
    `<div class="leaf-body">${html}</div></section>`
  );
}

function controls(): string {
  return document.querySelector<HTMLTemplateElement>("#compare-controls")?.innerHTML ?? "";
}

/** How to make a page of this choice that works without scripts. */
function saving(runs: Run[]): string {
  const yaml = `title: A comparison\nruns:\n${runs.map((run) => `  - ${run.id}\n`).join("")}`;
  return leaf(
    "save",
    "Keep it",
    "",
    `<p>As <code>content/compare/NAME.yml</code> this comparison becomes a page of its own.</p><div class="keep"><pre class="output">${escapeHtml(yaml)}</pre><button type="button" class="plain" data-copy="${escapeHtml(yaml)}">copy</button></div>`,
  );
}

async function readChart(base: string, run: Run): Promise<ChartData> {
  const series = await readOrNull(`${base}runs/${run.id}/series.json`, parseSeries);
  return { id: run.id, started: run.started, series: series ?? [], system: [], events: [] };
}

async function readEnvironments(base: string): Promise<Map<string, Environment>> {
  const list = await readOrNull(`${base}environments/index.json`, (raw) => {
    const { environments } = raw as { environments?: unknown[] }; // a door: every entry is parsed
    return (environments ?? []).map(parseEnvironment);
  });
  return new Map((list ?? []).map((environment) => [environment.digest, environment]));
}

/** Null when the file is missing or cannot be parsed: the page says so and shows the rest. */
async function readOrNull<T>(url: string, parse: (raw: unknown) => T): Promise<T | null> {
  try {
    const response = await fetch(url);
    return response.ok ? parse(await response.json()) : null;
  } catch {
    return null;
  }
}

/** What the page says of `guild.yml`; compareRuns needs no more of a project than this. */
function projectFacts(): Project {
  const written: unknown = JSON.parse(document.getElementById("compare-project")?.textContent ?? "{}");
  return { name: "", site: null, operations: {}, ...(written as Pick<Project, "metrics" | "nuisance" | "colors">) }; // pages/compare/index.astro wrote it
}
