import type { APIRoute } from "astro";
import sharp from "sharp";
import { card } from "../../charts/card.ts";
import { dataFor } from "../../components/chart-data.ts";
import { siteData } from "../../components/site.ts";
import { dashboard } from "../../views/dashboard.ts";
import { lineChart } from "../../views/line-chart.ts";
import { phraseText } from "../../views/phrase.ts";

/** The social card of `/`, made anew with every build: it tells of the whole collection. */
export const GET: APIRoute = async () => {
  const { project, runs, environments } = siteData();
  const model = dashboard(runs, project, environments);
  const curves = model?.curves ? lineChart(model.curves.spec, dataFor(model.curves.spec)) : null;
  const sentence = model === null ? "Nothing has been recorded yet." : phraseText(model.headline);
  const png = await sharp(Buffer.from(card({ name: project.name, sentence, curves })))
    .png({ palette: true, colours: 128, effort: 10 })
    .toBuffer();
  return new Response(new Uint8Array(png), { headers: { "Content-Type": "image/png" } });
};
